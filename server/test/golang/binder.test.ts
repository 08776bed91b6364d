import assert from 'node:assert/strict';
import type { Ident, LocalObject } from '../../src/syntax/ast.ts';
import { walk } from '../../src/golang/walk.ts';
import { packageOf } from '../support/analysis.ts';

/**
 * Binds one declaration. Identifiers to ask about carry a number in the source, as `x` followed by `1` in a comment: the result maps the numbers
 * to identifiers.
 */
async function bound(source: string): Promise<{ at(n: number): Ident; object(n: number): LocalObject }> {
  const { pkg } = await packageOf({ 'a.go': `package p\n${source}\n` });
  const file = pkg.files[0]!;
  const marks = new Map<number, Ident>();
  for (const declaration of file.outline.decls) {
    const unit = pkg.unit({ file, declaration });
    assert.ok(!unit.hasError, unit.text(unit.decl));
    walk(unit.decl, (n) => {
      if (n.kind !== 'Ident') return;
      const mark = /^\/\*(\d+)\*\//.exec(file.text.slice(unit.base + n.end));
      if (mark) marks.set(Number(mark[1]), n);
    });
  }
  const at = (n: number): Ident => {
    const found = marks.get(n);
    assert.ok(found, `no identifier is marked ${n}`);
    return found;
  };
  return {
    at,
    object(n) {
      const { obj } = at(n);
      assert.ok(obj, `identifier ${n} is not bound`);
      return obj;
    },
  };
}

/** Checks that identifiers with equal letters denote one object and others different ones; `-` is unbound. */
async function same(source: string, groups: string): Promise<void> {
  const { at } = await bound(source);
  const objects = new Map<string, LocalObject>();
  for (const [i, letter] of [...groups].entries()) {
    const { obj } = at(i + 1);
    if (letter === '-') {
      assert.equal(obj, undefined, `identifier ${i + 1} is bound`);
      continue;
    }
    assert.ok(obj, `identifier ${i + 1} is not bound`);
    const other = objects.get(letter);
    if (other) assert.equal(obj, other, `identifier ${i + 1} is not the same as the first ${letter}`);
    else {
      assert.ok(![...objects.values()].includes(obj), `identifier ${i + 1} is not an object of its own`);
      objects.set(letter, obj);
    }
  }
}

const SCOPES: Record<string, [source: string, groups: string]> = {
  'a block hides, and gives the name back': [
    'func f() { x/*1*/ := 1; { x/*2*/ := 2; _ = x/*3*/ }; _ = x/*4*/ }',
    'abba',
  ],
  'a declaration starts after its own initialiser': [
    'func f() { x/*1*/ := 1; { x/*2*/ := x/*3*/ }; var y/*4*/ = y/*5*/ }',
    'abac-',
  ],
  'a local type is known inside itself': ['func f() { type T/*1*/ struct { next *T/*2*/ }; var _ T/*3*/ }', 'aaa'],
  ':= assigns to a variable of the same scope': [
    'func f() { a/*1*/, err/*2*/ := g(); b/*3*/, err/*4*/ := g() }',
    'abcb',
  ],
  ':= declares anew in an inner scope': ['func f() { _, err/*1*/ := g(); if true { _, err/*2*/ := g() } }', 'ab'],
  ':= in the body assigns to parameters and results': [
    'func f(a/*1*/ int) (err/*2*/ error) { a/*3*/, err/*4*/, c/*5*/ := g() }',
    'ababc',
  ],
  'the init of an if reaches its else branches': [
    'func f() { if x/*1*/ := g(); x/*2*/ { _ = x/*3*/ } else if y/*4*/ := x/*5*/; y/*6*/ { } else { _, _ = x/*7*/, y/*8*/ }; _ = x/*9*/ }',
    'aaababab-',
  ],
  'a for clause, and a variable of that name in its body': [
    'func f() { for i/*1*/ := 0; i/*2*/ < 9; i/*3*/++ { i/*4*/ := i/*5*/; _ = i/*6*/ } ; _ = i/*7*/ }',
    'aaabab-',
  ],
  'range variables are not known in the operand': [
    'func f(x/*1*/ []int) { for x/*2*/ := range x/*3*/ { _ = x/*4*/ }; _ = x/*5*/ }',
    'ababa',
  ],
  'range without := assigns': ['func f(k/*1*/ int) { for k/*2*/ = range g() { _ = k/*3*/ } }', 'aaa'],
  'clauses of a switch are scopes': [
    'func f() { switch x/*1*/ := g(); x/*2*/ { case h(x/*3*/): y/*4*/ := 1; _ = y/*5*/; default: _ = y/*6*/; x/*7*/ := 2 } }',
    'aaabb-c',
  ],
  'a communication belongs to its clause': [
    'func f(c/*1*/ chan int) { select { case v/*2*/, ok/*3*/ := <-c/*4*/: _ = v/*5*/; case c/*6*/ <- v/*7*/: _ = ok/*8*/ } }',
    'abcaba--',
  ],
  'each clause of a type switch has its variable': [
    'func f(x/*1*/ any) { switch x/*2*/ := x/*3*/.(type) { case int: _ = x/*4*/; case string: _ = x/*5*/; default: _ = x/*6*/ } }',
    'abacdb',
  ],
  'types of a header are of the package, whatever the parameters are called': [
    'func (http/*1*/ *T) f(url/*2*/ *url/*3*/.URL, r http/*4*/.R) (*url/*5*/.URL, error) { _ = url/*6*/; return http/*7*/ }',
    'ab---ba',
  ],
  'so are those of a literal': ['func f() { _ = func(url/*1*/ string) *url/*2*/.URL { return g(url/*3*/) } }', 'a-a'],
  'type parameters are known in the whole header': [
    'func f[K/*1*/ comparable, V/*2*/ []K/*3*/](m map[K/*4*/]V/*5*/) (v V/*6*/) { var x K/*7*/ }',
    'abaabba',
  ],
  'a receiver declares the type parameters of its type': [
    'func (l/*1*/ *List[T/*2*/]) f(x T/*3*/) T/*4*/ { _ = l/*5*/ }',
    'abbba',
  ],
  'labels are no variables': ['func f(L/*1*/ int) { L: for { break L; goto L; continue L }; _ = L/*2*/ }', 'aa'],
  'selected names are no variables': ['func f(x/*1*/ T) { y := 1; _ = x/*2*/.y/*3*/.x/*4*/() }', 'aa--'],
  'names of fields, methods and parameters of types': [
    'func f(a/*1*/ int) { type T struct { a/*2*/ int }; type I interface { a/*3*/(a/*4*/ int) }; var _ func(a/*5*/ int) }',
    'a----',
  ],
  'the blank name is never denoted': ['func f() { _/*1*/ = g(); _ , x/*2*/ := g() }', '-a'],
  'a literal sees what is around it': [
    'func f() { x/*1*/ := 1; go func(y/*2*/ int) { x/*3*/ := x/*4*/ + y/*5*/; _ = x/*6*/ }(x/*7*/) }',
    'abcabca',
  ],
  'a variable that holds a literal is not known in it': ['func f() { g/*1*/ := func() { g/*2*/() } }', 'a-'],
  'but when it was declared before': ['func f() { var g/*1*/ func(); g/*2*/ = func() { g/*3*/() } }', 'aaa'],
  'literals in initialisers of the package': [
    'var v/*1*/ = func(a/*2*/ int) int { b/*3*/ := a/*4*/; return b/*5*/ + v/*6*/ }(1)',
    '-abab-',
  ],
  'names of the package and the universe stay unbound': [
    'var g int\nfunc f() { _, _, _ = g/*1*/, len/*2*/, nil/*3*/ }',
    '---',
  ],
  'local constants and grouped variables': [
    'func f() { const ( a/*1*/ = 1; b/*2*/ = a/*3*/; ); var c/*4*/, d/*5*/ = a/*6*/, c/*7*/ }',
    'abacda-',
  ],
};

describe('binder', () => {
  for (const [title, [source, groups]] of Object.entries(SCOPES)) it(title, () => same(source, groups));

  it('tells kinds and roles', async () => {
    const { object } = await bound(
      'func (r/*1*/ *T[P/*2*/]) f(a/*3*/ int) (b/*4*/ int) { c/*5*/ := 1; const d/*6*/ = 2; type E/*7*/ int; for g/*8*/ := range x { }; switch h/*9*/ := x.(type) { case int: } }',
    );
    const seen = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${object(n).kind} ${object(n).role}`);
    assert.deepEqual(seen, [
      'var recv',
      'typeparam other',
      'var param',
      'var result',
      'var local',
      'const local',
      'type other',
      'var range',
      'var typeswitch',
    ]);
  });

  it('lists uses in the order of the source, the declaration left out', async () => {
    const { object } = await bound(
      'func f() { x/*1*/ := 1; x = x + g(x); for ; x < 3; x++ { h(x) }; for a[x] = range k(x) { }; defer func() { _ = x }() }',
    );
    const starts = object(1).uses.map((u) => u.start);
    assert.equal(starts.length, 9);
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.ok(!object(1).uses.includes(object(1).decl));
  });

  it('lists writes: =, op=, ++, range and redeclaration, but not through pointers, fields or elements', async () => {
    const { object } = await bound(
      'func f() { x/*1*/ := 1; x = 2; x += 2; x++; (x) = 3; for x = range y { }; x, z := 1, 2; *x = 1; x.f = 2; x[0] = 3; _ = x }',
    );
    assert.equal(object(1).writes.length, 6);
    assert.equal(object(1).uses.length, 10);
  });

  it('knows captured variables and taken addresses', async () => {
    const { object } = await bound(
      'func f(a/*1*/, b/*2*/, c/*3*/, d/*4*/ int) { go func() { _ = a; func() { e/*5*/ := 1; _ = e }() }(); g(&b, &(c), &d.x); if true { _ = d } }',
    );
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((n) => object(n).captured),
      [true, false, false, false, false],
    );
    assert.deepEqual(
      [1, 2, 3, 4].map((n) => object(n).addressTaken),
      [false, true, true, false],
    );
  });

  it('names the function that holds a variable', async () => {
    const { object } = await bound(
      'func f(a/*1*/ int) { g(func(b/*2*/ int) { c/*3*/ := 1 }) }\nvar v = func() { d/*4*/ := 1 }',
    );
    assert.deepEqual(
      [1, 2, 3, 4].map((n) => object(n).func.kind),
      ['FuncDecl', 'FuncLit', 'FuncLit', 'FuncLit'],
    );
    assert.equal(object(2).func, object(3).func);
  });

  it('counts the key of a composite literal as a use of a variable of that name', async () => {
    const { object } = await bound('func f(a/*1*/ int) { _ = T{a: 1}; _ = map[int]int{a: 2} }');
    assert.equal(object(1).uses.length, 2);
  });
});
