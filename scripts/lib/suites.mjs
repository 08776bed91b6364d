/**
 * The test suites. A suite is a Node command that exits with 0 (passed), 1 (failed) or 77 (cannot run on this machine; it says why
 * and how to get what is missing) and writes its counts `{passed, failed, skipped}` as JSON to the file named by RESULT_FILE.
 * `setUp` makes what the suite can use but a checkout does not contain.
 */
import { ensureNativeTreeSitter } from './native-tree-sitter.mjs';

const MOCHA = ['node_modules/mocha/bin/mocha.js', '--reporter', './scripts/mocha-reporter.cjs'];
/** Tests of the built bundles; everything else under server/test runs the sources. */
const LSP = 'server/test/lsp/**/*.test.ts';
const CLI = 'server/test/cli/**/*.test.ts';
const GO = 'server/test/**/go-toolchain.test.ts';

export const SUITES = [
  { name: 'checks', title: 'types, lint and format', args: ['scripts/run-checks.mjs'] },
  {
    name: 'unit',
    title: 'syntax, Go model, rules, fixes, engine, workspace, reports',
    setUp: ensureNativeTreeSitter,
    args: [
      ...MOCHA,
      '--ignore',
      LSP,
      '--ignore',
      CLI,
      '--ignore',
      GO,
      'server/test/**/*.test.ts',
      'client/test/unit/**/*.test.ts',
    ],
  },
  { name: 'lsp', title: 'language server over stdio', args: [...MOCHA, LSP] },
  { name: 'cli', title: 'command line', args: [...MOCHA, CLI] },
  { name: 'go', title: 'fixtures and API records against a Go toolchain', args: [...MOCHA, GO] },
  { name: 'editor', title: 'in the extension host of VS Code', args: ['client/test/run-extension-tests.mjs'] },
  { name: 'ui', title: 'VS Code in the browser with the packed extension', args: ['client/test/run-ui-smoke.mjs'] },
];
