import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface Grammar {
  file: string;
  package: string;
  version: string;
  bytes: number;
  sha256: string;
}

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root));
const record = JSON.parse(read('grammars/grammars.json').toString()) as Grammar[];

describe('grammars', () => {
  it('records the Go grammar and the tree-sitter runtime', () => {
    assert.deepEqual(record.map((entry) => entry.file).sort(), ['tree-sitter-go.wasm', 'web-tree-sitter.wasm']);
  });

  for (const entry of record) {
    it(`${entry.file} is the file of the installed ${entry.package} and has the recorded hash`, () => {
      const bytes = read(`grammars/${entry.file}`);
      const manifest = JSON.parse(read(`node_modules/${entry.package}/package.json`).toString()) as { version: string };
      assert.equal(entry.version, manifest.version, 'run `npm run copy-grammars`');
      assert.equal(entry.bytes, bytes.length);
      assert.equal(createHash('sha256').update(bytes).digest('hex'), entry.sha256);
      assert.ok(bytes.equals(read(`node_modules/${entry.package}/${entry.file}`)), 'run `npm run copy-grammars`');
    });
  }
});
