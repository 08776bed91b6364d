import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Lints one import as if it stood in `file` and gives the layering messages. */
async function violations(file: string, specifier: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    // Only the layering rule: the others need the file to exist in a TypeScript project.
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
  });
  const [result] = await eslint.lintText(`import '${specifier}';\n`, { filePath: join(root, file) });
  return result.messages.map((message) => message.message);
}

const FORBIDDEN: [file: string, specifier: string][] = [
  ['server/src/syntax/x.ts', '../golang/cfg.ts'],
  ['server/src/golang/x.ts', '../rules/rule.ts'],
  ['server/src/golang/api/x.ts', '../../concurrency/explorer.ts'],
  ['server/src/golang/x.ts', 'web-tree-sitter'],
  ['server/src/concurrency/x.ts', '../rules/rule.ts'],
  ['server/src/fixes/x.ts', '../rules/rule.ts'],
  ['server/src/rules/context/x.ts', '../../engine/engine.ts'],
  ['server/src/rules/context/x.ts', '../../lsp/server.ts'],
  ['server/src/engine/x.ts', '../workspace/scan.ts'],
  ['server/src/engine/x.ts', 'vscode-uri'],
  ['server/src/engine/x.ts', 'vscode-languageserver'],
  ['server/src/engine/x.ts', 'node:fs'],
  ['server/src/engine/x.ts', 'fs'],
  ['server/src/workspace/x.ts', '../report/text.ts'],
  ['server/src/workspace/x.ts', '../lsp/server.ts'],
  ['server/src/report/x.ts', 'node:fs'],
  ['server/src/lsp/x.ts', 'node:fs'],
  ['server/src/lsp/x.ts', '../cli/scan.ts'],
  ['server/src/cli/x.ts', '../lsp/server.ts'],
  ['server/src/cli/x.ts', 'vscode-languageserver/node'],
  ['server/src/browser/x.ts', '../node/files.ts'],
  ['server/src/lsp/x.ts', 'vscode'],
  ['server/src/lsp/x.ts', '../../../client/src/common/client.ts'],
  ['client/src/common/x.ts', '../../../server/src/engine/engine.ts'],
  ['client/src/common/x.ts', '../../../server/src/lsp/server.ts'],
];

const ALLOWED: [file: string, specifier: string][] = [
  ['server/src/syntax/x.ts', 'web-tree-sitter'],
  ['server/src/golang/api/x.ts', '../../syntax/ast.ts'],
  ['server/src/rules/context/x.ts', '../rule.ts'],
  ['server/src/rules/context/x.ts', '../../engine/finding.ts'],
  ['server/src/rules/context/x.ts', '../../fixes/insert.ts'],
  ['server/src/engine/x.ts', '../rules/registry.ts'],
  ['server/src/lsp/x.ts', 'vscode-languageserver'],
  ['server/src/cli/x.ts', 'node:fs'],
  ['server/src/node/x.ts', '../lsp/server.ts'],
  ['client/src/common/x.ts', '../../../server/src/lsp/protocol.ts'],
];

describe('layering', function () {
  this.timeout(60_000);

  for (const [file, specifier] of FORBIDDEN)
    it(`${file} must not import ${specifier}`, async () => {
      assert.equal((await violations(file, specifier)).length, 1);
    });

  for (const [file, specifier] of ALLOWED)
    it(`${file} may import ${specifier}`, async () => {
      assert.deepEqual(await violations(file, specifier), []);
    });
});
