import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Tree } from 'web-tree-sitter';
import type { Decl } from '../../src/syntax/ast.ts';
import type { Declaration } from '../../src/syntax/declarations.ts';
import { scanOutline } from '../../src/syntax/outline.ts';
import { GoParser } from '../../src/syntax/parser.ts';
import type { Grammar } from '../../src/syntax/tree-reader.ts';
import { sampleGoFiles, type GoText } from '../support/go-files.ts';
import { loadWasm } from '../support/wasm.ts';
import { assertWellFormed } from './tree-checks.ts';

function declaredNames(decl: Decl): string[] {
  if (decl.kind === 'FuncDecl') return [decl.name.name];
  return decl.specs.flatMap((spec) => (spec.kind === 'TypeSpec' ? [spec.name.name] : spec.names.map((n) => n.name)));
}

function topLevel(tree: Tree): string[] {
  return tree.rootNode.namedChildren
    .filter((node) => node.type.endsWith('_declaration'))
    .map((node) => `${node.type} ${node.startIndex}-${node.endIndex}`);
}

function kindOf({ tok, recv }: Declaration): string {
  if (tok !== 'func') return `${tok}_declaration`;
  return recv === undefined ? 'function_declaration' : 'method_declaration';
}

interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string, old: undefined, options: { bufferSize: number }): { rootNode: { toString(): string } };
}

/** The native binding of tree-sitter with the Go grammar, or the reason why there is none. */
function nativeParser(): NativeParser | string {
  const require = createRequire(import.meta.url);
  try {
    const parser = new (require('tree-sitter') as new () => NativeParser)();
    parser.setLanguage(require('tree-sitter-go'));
    return parser;
  } catch (error) {
    return (error as Error).message.split('\n')[0] ?? 'unknown error';
  }
}

describe('syntax of real code', function () {
  this.timeout(60_000);
  let parser: GoParser;
  let files: GoText[];
  before(async () => {
    parser = await GoParser.create(await loadWasm());
    files = sampleGoFiles(60);
  });
  after(() => parser.dispose());

  it('has the declarations in the outline that a parse of the whole file finds', () => {
    for (const { path, text } of files) {
      const outline = scanOutline(text);
      const tree = parser.parseTree(text);
      try {
        if (tree.rootNode.hasError) continue;
        const found = [
          ...outline.imports.map((d) => ({ at: d.start, is: `import_declaration ${d.start}-${d.end}` })),
          ...outline.decls.map((d) => ({ at: d.base, is: `${kindOf(d)} ${d.base}-${d.end}` })),
        ];
        assert.deepEqual(
          found.sort((a, b) => a.at - b.at).map((d) => d.is),
          topLevel(tree),
          path,
        );
        assert.equal(outline.balanced, true, path);
      } finally {
        tree.delete();
      }
    }
  });

  it('knows every kind of node, and agrees with the outline on names and bodies', () => {
    const { grammar } = parser as unknown as { grammar: Grammar };
    const unknown = new Set<string>();
    grammar.onUnknown = (kind) => unknown.add(kind);
    try {
      for (const { path, text } of files)
        for (const d of scanOutline(text).decls) {
          const source = text.slice(d.base, d.end);
          const { decl, hasError } = parser.parseDeclaration(source);
          const where = `${path}: ${d.names.join()}`;
          assert.equal(hasError, false, where);
          assert.deepEqual([declaredNames(decl), decl.start, decl.end], [d.names, 0, source.length], where);
          if (decl.kind === 'FuncDecl') assert.equal(decl.body ? d.base + decl.body.start : -1, d.body, where);
          assertWellFormed(decl, source, false);
        }
    } finally {
      delete grammar.onUnknown;
    }
    assert.deepEqual([...unknown], []);
  });

  it('is parsed by the wasm grammar as by the native one', function () {
    const native = nativeParser();
    if (typeof native === 'string') {
      // Also where the whole suite may be skipped for want of Go: this test needs none.
      if (process.env.REQUIRE_ALL === '1') assert.fail(`the native tree-sitter does not load: ${native}`);
      console.log(`      skipped: the native tree-sitter does not load here (${native})`);
      console.log('      npm run test:unit builds it, given a C++ compiler, make, Python 3 and the headers of Node');
      this.skip();
    }
    for (const { path, text } of files) {
      const tree = parser.parseTree(text);
      try {
        const expected = native
          .parse(`${text}\n`, undefined, { bufferSize: 4 * text.length + 1024 })
          .rootNode.toString();
        assert.equal(tree.rootNode.toString(), expected, path);
      } finally {
        tree.delete();
      }
    }
  });
});
