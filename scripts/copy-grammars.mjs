// Copies the two wasm files the product ships from their npm packages to `grammars/` and records where they come from.
// Run it after either package was updated; `server/test/project/grammars.test.ts` fails until then.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const SOURCES = [
  { file: 'tree-sitter-go.wasm', package: 'tree-sitter-go' },
  { file: 'web-tree-sitter.wasm', package: 'web-tree-sitter' },
];

mkdirSync(join(root, 'grammars'), { recursive: true });
const record = SOURCES.map(({ file, package: name }) => {
  const source = join(root, 'node_modules', name, file);
  const { version, license } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  copyFileSync(source, join(root, 'grammars', file));
  copyFileSync(join(root, 'node_modules', name, 'LICENSE'), join(root, 'grammars', `${name}.LICENSE.txt`));
  const bytes = readFileSync(source);
  return {
    file,
    package: name,
    version,
    license,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
});
writeFileSync(join(root, 'grammars', 'grammars.json'), `${JSON.stringify(record, undefined, 2)}\n`);
for (const entry of record)
  console.log(`grammars/${entry.file}  ${entry.package} ${entry.version}  ${entry.bytes} bytes`);
