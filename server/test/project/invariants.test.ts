import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** Layers from the bottom up; each may import those before it. */
const LAYERS = ['syntax', 'golang', 'concurrency', 'rules', 'fixes', 'refactorings', 'engine'];
/** `rules` and `fixes` help each other, and rules speak in the engine's terms of findings. */
const ALSO: Record<string, RegExp[]> = {
  rules: [/^fixes\//, /^engine\/finding\.ts$/],
  fixes: [/^engine\/finding\.ts$/],
  refactorings: [/^engine\/finding\.ts$/],
};

interface Import {
  file: string;
  /** As written for packages, relative to `src` for own files. */
  target: string;
  own: boolean;
}

function imports(): Import[] {
  const found: Import[] = [];
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
  for (const name of files) {
    const text = readFileSync(join(SOURCE, name), 'utf8');
    const file = name.split(sep).join('/');
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const own = fileName.startsWith('.');
      const target = own
        ? relative(SOURCE, join(SOURCE, dirname(name), fileName))
            .split(sep)
            .join('/')
        : fileName;
      found.push({ file, target, own });
    }
  }
  return found;
}

describe('invariants of the source', () => {
  const all = imports();
  const layer = (path: string): string => path.split('/')[0]!;
  const bad = (test: (i: Import) => boolean): string[] => all.filter(test).map((i) => `${i.file} imports ${i.target}`);

  it('has imports to look at', () => {
    assert.ok(all.length > 200);
    assert.ok(all.some((i) => i.file === 'syntax/parser.ts' && i.target === 'web-tree-sitter'));
    assert.ok(all.some((i) => i.file === 'golang/cfg.ts' && i.target === 'syntax/ast.ts'));
  });

  it('only syntax/ imports web-tree-sitter', () => {
    assert.deepEqual(
      bad((i) => i.target === 'web-tree-sitter' && layer(i.file) !== 'syntax'),
      [],
    );
  });

  it('the core imports no module of Node, of the protocol or of VS Code', () => {
    const forbidden = new RegExp(`^(?:node:.*|vscode.*|(?:${builtinModules.join('|')})(?:/.*)?)$`);
    assert.deepEqual(
      bad((i) => LAYERS.includes(layer(i.file)) && !i.own && forbidden.test(i.target)),
      [],
    );
  });

  it('the core imports layers below only', () => {
    assert.deepEqual(
      bad((i) => {
        const [from, to] = [layer(i.file), layer(i.target)];
        if (!i.own || !LAYERS.includes(from) || from === to) return false;
        if (ALSO[from]?.some((a) => a.test(i.target))) return false;
        return !LAYERS.includes(to) || LAYERS.indexOf(to) > LAYERS.indexOf(from);
      }),
      [],
    );
  });

  it('the core touches no global of a host', () => {
    const files = [...new Set(all.map((i) => i.file))].filter((f) => LAYERS.includes(layer(f)));
    const globals = /(?<![\w.'"`])(?:process|Buffer|__dirname|setTimeout|fetch|document|window)(?=[.(])/;
    const code = (f: string): string =>
      readFileSync(join(SOURCE, f), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*|`[^`]*`|'[^'\n]*'/g, '');
    assert.deepEqual(
      files.filter((f) => globals.test(code(f))),
      [],
    );
  });
});
