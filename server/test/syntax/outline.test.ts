import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Outline } from '../../src/syntax/declarations.ts';
import { scanOutline } from '../../src/syntax/outline.ts';
import { applyChange, change, DECLARATIONS } from './tree-checks.ts';

/** Source texts of all declarations. */
function texts(source: string): string[] {
  return scanOutline(source).decls.map((d) => source.slice(d.base, d.end));
}

/** `tok recv.name,name` of all declarations. */
function names(source: string): string[] {
  return scanOutline(source).decls.map((d) => `${d.tok} ${d.recv === undefined ? '' : `${d.recv}.`}${d.names.join()}`);
}

describe('outline', () => {
  it('finds package, imports and declarations with their extents', () => {
    const source = `// Doc.
package main // here

import "fmt"
import (
	f "a/b" // why
	. "c"
	_ \`d\`
)

type T struct {
	a int
}

func (t *T) M() int { return 1 }
func main() {
	fmt.Println()
}
var x = 1
`;
    const o = scanOutline(source);
    assert.equal(o.packageName, 'main');
    assert.equal(source.slice(o.packageStart, o.packageEnd), 'package main');
    assert.deepEqual(
      o.imports.map((d) => [
        source[d.lparen],
        source[d.rparen],
        ...d.specs.map((s) => [s.name, s.path, source.slice(s.start, s.end)]),
      ]),
      [
        [undefined, undefined, [undefined, 'fmt', '"fmt"']],
        ['(', ')', ['f', 'a/b', 'f "a/b"'], ['.', 'c', '. "c"'], ['_', 'd', '_ `d`']],
      ],
    );
    assert.equal(source.slice(o.imports[0]?.start, o.imports[0]?.end), 'import "fmt"');
    assert.ok(source.slice(o.imports[1]?.start, o.imports[1]?.end).endsWith('`d`\n)'));
    assert.deepEqual(texts(source), [
      'type T struct {\n\ta int\n}',
      'func (t *T) M() int { return 1 }',
      'func main() {\n\tfmt.Println()\n}',
      'var x = 1',
    ]);
    assert.deepEqual(names(source), ['type T', 'func T.M', 'func main', 'var x']);
    assert.equal(o.balanced, true);
  });

  it('is empty for empty text', () => {
    const empty: Outline = {
      packageName: '',
      packageStart: -1,
      packageEnd: -1,
      imports: [],
      decls: [],
      directives: [],
      generated: false,
      balanced: true,
    };
    for (const source of ['', '\ufeff', '\n\n', '// c', '/* c */']) assert.deepEqual(scanOutline(source), empty);
  });

  it('skips a byte order mark and accepts CRLF and no trailing line break', () => {
    const source = '\ufeffpackage p\r\n\r\nvar x = 1\r\nfunc f() {\r\n}\r\ntype T int';
    assert.equal(scanOutline(source).packageStart, 1);
    assert.deepEqual(texts(source), ['var x = 1', 'func f() {\r\n}', 'type T int']);
  });

  it('separates declarations by semicolons', () => {
    assert.deepEqual(texts('package p; import "a"; func f() {}; func g() {} ; var x = 1; type (A int; B int)'), [
      'func f() {}',
      'func g() {}',
      'var x = 1',
      'type (A int; B int)',
    ]);
  });

  it('reads receivers', () => {
    const receivers = ['t T', '*T', 't *T[K]', 't T[_, K]', 'T', '_ *(T)', 't /* x */ *T', 't T,'];
    for (const receiver of receivers)
      assert.deepEqual(names(`func (${receiver}) M[P any](x int) {}`), ['func T.M'], receiver);
    assert.deepEqual(names('func F[T any](x (int)) {}'), ['func F']);
  });

  it('reads all names of groups', () => {
    assert.deepEqual(names('const (\n\tA, B = iota, f(1,\n2)\n\tC // c\n\t/* d */ D\n\n)'), ['const A,B,C,D']);
    assert.deepEqual(names('var (\n\ta = func() {\n\t\tb := 1\n\t}\n\tc,\n\td int; e = struct{ x int }{1}\n)'), [
      'var a,c,d,e',
    ]);
    assert.deepEqual(names('type (\n\tA struct {\n\t\tx int\n\t}\n\tB[T any] = C\n\tD interface{ M() }\n)'), [
      'type A,B,D',
    ]);
    assert.deepEqual(names('var a, b, c int\nvar ()\nconst ( X = 1 )'), ['var a,b,c', 'var ', 'const X']);
  });

  it('ends a declaration where Go inserts the semicolon', () => {
    const ends = [
      'var x = 1 +\n\t2',
      'var x = f(\n\t1,\n)',
      'var x,\n\ty int',
      'var x = func() {\n\tg()\n}',
      'var x = a.\n\tb()',
      'var x = 1.',
      'var x = []int{\n\t1,\n}[0]',
      'var x =\n\t"a"',
      "var x = '\\''",
      'var x = `a\nb`',
      'type T struct\n{}',
      'type T interface {\n\tM()\n}',
      'type C chan\n\tint',
      'type F func() (\n\tint,\n)',
      'const a = 1 /* c */ + /* d\n */ 2',
      'func f()',
      'func f() (a int,\n\tb int)',
      'func f() struct{ x int } { return }',
    ];
    for (const text of ends)
      assert.deepEqual(texts(`package p\n${text} // c\n\nfunc last() {}\n`), [text, 'func last() {}'], text);
    assert.deepEqual(texts('var x = 1 /* a\n b */ var y = 2'), ['var x = 1', 'var y = 2']);
  });

  it('finds the body of a function', () => {
    const body = (source: string): string => source.slice(scanOutline(source).decls[0]?.body).slice(0, 6);
    assert.equal(body('func f() struct{ x int } {/*1*/}'), '{/*1*/');
    assert.equal(body('func f(x interface{}) interface{ M() } {/*2*/}'), '{/*2*/');
    assert.equal(body('func f[T interface{ ~int }](func() struct{}) {/*3*/}'), '{/*3*/');
    assert.equal(scanOutline('func f() interface{}').decls[0]?.body, -1);
    assert.equal(scanOutline('func f()').decls[0]?.body, -1);
    assert.equal(scanOutline('var x = func() {}').decls[0]?.body, -1);
  });

  it('is not misled by strings, runes and comments', () => {
    const source = [
      'package p',
      'var a = `',
      'func no() {',
      '`',
      'var b = "{" + "\\"{" + "\\\\"',
      "func f() { _ = '{'; _ = '\\''; _ = '\"' } // {",
      '/*',
      'func no() { { {',
      '*/',
      'func g() { /* } */ x := `',
      'func no() {` // }',
      '}',
    ].join('\n');
    assert.deepEqual(names(source), ['var a', 'var b', 'func f', 'func g']);
    assert.equal(scanOutline(source).balanced, true);
  });

  it('does not rely on indentation where braces balance', () => {
    assert.deepEqual(names('func f() {\nvar x int\ntype T int\nx = 1\n}\nfunc g() {}'), ['func f', 'func g']);
  });

  it('recovers at column 0 where braces do not balance', () => {
    const source =
      'package p\n\nfunc a() {\n\tif x {\n\nfunc (t *T) b() {}\n\nvar c = f(\n\ntype D struct {\n\nconst e = 1\nfunc g() {}\n';
    assert.deepEqual(names(source), ['func a', 'func T.b', 'var c', 'type D', 'const e', 'func g']);
    assert.equal(texts(source)[0], 'func a() {\n\tif x {');
    assert.equal(scanOutline(source).balanced, false);
    assert.deepEqual(names('}\nfunc f() {}\n)))\nfunc g() {}'), ['func f', 'func g']);
    assert.deepEqual(names('var x =\nfunc f() {}'), ['var x', 'func f']);
    assert.deepEqual(names('import (\n\t"a"\n\nfunc f() {}'), ['func f']);
    assert.deepEqual(names('const (\n\tA = 1\n\nfunc f() {}'), ['const A', 'func f']);
    assert.deepEqual(names('func f() { x := `\n}\n\nfunc g() {}'), ['func f', 'func g']);
  });

  it('passes over what is no declaration', () => {
    assert.deepEqual(names('package p\nx := f(1) {\n}\n<<<<<<< HEAD\n"s" 1 + \nfunc g() {}'), ['func g']);
    assert.deepEqual(names('func'), ['func ']);
    assert.deepEqual(names('func (t *T)'), ['func T.']);
  });

  it('notes NUL bytes', () => {
    const o = scanOutline('package p\0\nfunc f() {\0}\nfunc g() {}');
    assert.equal(o.balanced, false);
    assert.deepEqual(
      o.decls.map((d) => d.names[0]),
      ['f', 'g'],
    );
  });

  it('collects directives wherever they stand', () => {
    const source = [
      '\ufeff//hygiene:ignore a why',
      'package p //nolint',
      'import "a" //lint:ignore x y\r',
      'func f() {',
      '\t//hygiene:daemon b',
      '\tgo g() //nolint:c // d',
      '\t// nolint: not this; //nolintlint',
      '\t_ = "//nolint" /* //nolint */',
      '}',
      'const ( A = 1 //nolint:e',
      ')',
      '//nolinter //hygiene',
      '//nolint',
    ].join('\n');
    assert.deepEqual(
      scanOutline(source).directives.map((d) => [d.text, d.ownLine, source.slice(d.start, d.end) === `//${d.text}`]),
      [
        ['hygiene:ignore a why', true, true],
        ['nolint', false, true],
        ['lint:ignore x y', false, true],
        ['hygiene:daemon b', true, true],
        ['nolint:c // d', false, true],
        ['nolint:e', false, true],
        ['nolint', true, true],
      ],
    );
  });

  it('knows generated files by the line above the package clause', () => {
    const line = '// Code generated by x. DO NOT EDIT.';
    assert.equal(scanOutline(`// Copyright\n\n${line}\r\n\r\npackage p`).generated, true);
    assert.equal(scanOutline(`/* a */\n${line}\npackage p`).generated, true);
    assert.equal(scanOutline(`package p\n${line}\n`).generated, false);
    assert.equal(scanOutline(`/*\n${line}\n*/\npackage p`).generated, false);
    assert.equal(scanOutline(`//${line}\npackage p`).generated, false);
    assert.equal(scanOutline(`${line} Really.\npackage p`).generated, false);
  });

  it('reads the language version above the package clause', () => {
    assert.equal(scanOutline('//go:build go1.21\n\npackage p').goBuildVersion, '1.21');
    assert.equal(scanOutline('//go:build linux && go1.22\r\npackage p').goBuildVersion, '1.22');
    assert.equal('goBuildVersion' in scanOutline('//go:build linux\npackage p'), false);
    assert.equal('goBuildVersion' in scanOutline('package p\n//go:build go1.21\n'), false);
  });

  it('tells files that are never built', () => {
    for (const line of [
      '//go:build ignore',
      '//go:build ignore && linux',
      '// +build ignore',
      '//+build linux,ignore\r',
    ])
      assert.equal(scanOutline(`${line}\n\npackage main`).ignored, true, line);
    for (const line of [
      '//go:build !ignore',
      '//go:build ignore || linux',
      '// +build linux ignore',
      '//go:build ignored',
    ])
      assert.equal('ignored' in scanOutline(`${line}\n\npackage main`), false, line);
  });

  it('tells files that newer versions of Go leave out', () => {
    for (const line of ['//go:build !go1.17', '//go:build linux && !go1.17', '// +build !go1.17'])
      assert.equal(scanOutline(`${line}\n\npackage p`).forOldGo, true, line);
    for (const line of ['//go:build go1.17', '//go:build !linux', '// for !go1.17'])
      assert.equal('forOldGo' in scanOutline(`${line}\n\npackage p`), false, line);
  });

  it('never throws, and orders declarations within the text, whatever the text', () => {
    const file = fc.array(fc.constantFrom('package p', 'import "a"', 'import (\n"a"\n)', ...DECLARATIONS), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(file, fc.array(change, { maxLength: 6 }), (parts, changes) => {
        const text = changes.reduce(applyChange, parts.join('\n'));
        const { decls } = scanOutline(text);
        let last = 0;
        for (const d of decls) {
          assert.ok(d.base >= last && d.end > d.base && d.end <= text.length, JSON.stringify([d, text]));
          assert.ok(text.startsWith(d.tok, d.base));
          assert.ok(d.body < 0 || (text[d.body] === '{' && d.body > d.base && d.body < d.end));
          last = d.end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time on hostile input', () => {
    // Quadratic time would take a minute.
    const started = performance.now();
    for (const unit of [
      '{',
      '(',
      ')',
      '`',
      '"',
      "'",
      '/*',
      '//',
      'func ',
      'func (',
      'var (\n',
      'import (',
      'a',
      ' ',
      '\n',
      '\0',
      '/',
      'var x,',
    ])
      scanOutline(`package p\n${unit.repeat(100_000)}`);
    assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
  });
});
