// The floor: parse every file as a whole with web-tree-sitter, look at nothing, one thread.
// stdin: JSON array of paths. stdout: JSON with CPU milliseconds of reading, decoding and parsing, without start-up.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';

const require = createRequire(import.meta.url);
const paths = JSON.parse(readFileSync(0, 'utf8'));
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(require.resolve('tree-sitter-go/tree-sitter-go.wasm')));

const before = process.cpuUsage();
let bytes = 0;
for (const path of paths) {
  const source = readFileSync(path);
  bytes += source.length;
  parser.parse(source.toString('utf8'))?.delete();
}
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, bytes }));
