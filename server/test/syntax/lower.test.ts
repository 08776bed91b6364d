import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BlockStmt, CallExpr, FuncDecl, Stmt } from '../../src/syntax/ast.ts';
import { GoParser, MAX_DECLARATION_LENGTH } from '../../src/syntax/parser.ts';
import { loadWasm } from '../support/wasm.ts';
import { dumpDecl } from './dump.ts';
import { applyChange, assertWellFormed, change, DECLARATIONS } from './tree-checks.ts';

/** Source of a declaration → its dump. */
const DECLS: readonly [string, string][] = [
  ['func f()', 'func f()'],
  ['func f() {}', 'func f(){}'],
  ['func f(a, b int, c string) {}', 'func f(a,b:int c:string){}'],
  ['func f(int, *T, p.Q) error', 'func f(int *T p.Q)(error)'],
  ['func f(a ...int) (x, y int, err error) {}', 'func f(a:...int)(x,y:int err:error){}'],
  ['func f(...int)', 'func f(...int)'],
  ['func f[K comparable, V ~int | ~string](m map[K]V) V {}', 'func f[K:comparable V:(~int | ~string)](m:map[K]V)(V){}'],
  ['func f[A, B any](_ A, _ B)', 'func f[A,B:any](_:A _:B)'],
  ['func (t *T) M() {}', 'func (t:*T).M(){}'],
  ['func (T) M() {}', 'func (T).M(){}'],
  ['func (t *T[K, _]) M() T[K, int] {}', 'func (t:*T[K _]).M()(T[K int]){}'],
  ['func f() func(int) (<-chan int, error)', 'func f()(func(int)(<-chan int error))'],
  ['var x int', 'var{(x int)}'],
  ['var a, b = 1, 2.5', 'var{(a,b = 1 2.5)}'],
  ['var (\n\ta int = 1\n\tb = "s"\n)', 'var{(a int = 1) (b = "s")}'],
  ['var ()', 'var{}'],
  ['const (\n\tA T = iota\n\tB\n\t_\n)', 'const{(A T = iota) (B) (_)}'],
  ['type T int', 'type{(T int)}'],
  ['type T = p.Q', 'type{(T = p.Q)}'],
  ['type (\n\tA []int\n\tB = A\n)', 'type{(A []int) (B = A)}'],
  ['type S[T any] struct{ next *S[T] }', 'type{(S[T:any] struct{next:*S[T]})}'],
  [
    'type S struct {\n\tA, b int `tag`\n\t*E\n\tp.F "t"\n\tG[int]\n}',
    'type{(S struct{A,b:int`tag` *E p.F"t" G[int]})}',
  ],
  [
    'type I interface {\n\tM(a int) error\n\tfmt.Stringer\n\t~int | p.Q\n\tN()\n}',
    'type{(I interface{M(a:int)(error) N() fmt.Stringer (~int | p.Q)})}',
  ],
  ['type F func(a, b int, c ...string) (int, error)', 'type{(F func(a,b:int c:...string)(int error))}'],
  ['type C chan<- <-chan (chan int)', 'type{(C chan<- <-chan (paren chan int))}'],
  ['type M map[[2]string][]*p.Q', 'type{(M map[[2]string][]*p.Q)}'],
  ['type A [N + 1]int', 'type{(A [(N + 1)]int)}'],
];

/** Statements of a function body → their dump. */
const BODIES: readonly [string, string][] = [
  ['x := 1', 'x := 1'],
  ['a, b = b, a', 'a b = b a'],
  ['x <<= 2; y &^= 3', 'x <<= 2; y &^= 3'],
  ['i++; p.n--', 'i++; p.n--'],
  ['ch <- v', 'send ch v'],
  ['<-ch', '<-ch'],
  ['v, ok := <-ch', 'v ok := <-ch'],
  ['go f(x)', 'go f(x)'],
  ['go func() { ch <- 1 }()', 'go func(){send ch 1}()'],
  ['defer mu.Unlock()', 'defer mu.Unlock()'],
  ['return', 'return'],
  ['return a, f(b)', 'return a f(b)'],
  ['if x {}', 'if x {}'],
  [
    'if err := f(); err != nil { return } else if y { g() } else {}',
    'if init=err := f() (err != nil) {return} else if y {g()} else {}',
  ],
  ['if <-ch; x {}', 'if init=<-ch x {}'],
  ['for {}', 'for {}'],
  ['for x < 1 {}', 'for cond=(x < 1) {}'],
  ['for i := 0; i < 3; i++ {}', 'for init=i := 0 cond=(i < 3) post=i++ {}'],
  ['for ; ; i++ {}', 'for post=i++ {}'],
  ['for ; x; {}', 'for cond=x {}'],
  ['for range ch {}', 'range ch {}'],
  ['for range 10 {}', 'range 10 {}'],
  ['for i := range n {}', 'range key=i := n {}'],
  ['for k, v := range m {}', 'range key=k value=v := m {}'],
  ['for a[0], x = range f {}', 'range key=a[0] value=x f {}'],
  ['switch {}', 'switch {}'],
  ['switch x { case 1, 2: f(); fallthrough; default: }', 'switch tag=x {case 1 2: f(); fallthrough default:}'],
  ['switch x := f(); x.(int) { }', 'switch init=x := f() tag=x.(int) {}'],
  ['switch x := f(); {}', 'switch init=x := f() {}'],
  [
    'switch v := x.(type) { case nil: case int, []T: f(v); default: }',
    'typeswitch bind=v x {case nil: case int []T: f(v) default:}',
  ],
  ['switch f(); x.y.(type) {}', 'typeswitch init=f() x.y {}'],
  ['select {}', 'select {}'],
  [
    'select { case <-c: case v := <-c: case v, ok := <-c: f() }',
    'select {case <-c: case v := <-c: case v ok := <-c: f()}',
  ],
  [
    'select { case x = <-c: case c <- v: g(); default: return }',
    'select {case x = <-c: case send c v: g() default: return}',
  ],
  ['select { case (<-c): case a[i], *p = <-c: }', 'select {case (paren <-c): case a[i] *p = <-c:}'],
  ['L: for { break L; continue L; goto L }', 'L: for {break L; continue L; goto L}'],
  ['for { break; continue }', 'for {break; continue}'],
  ['goto end\nend:', 'goto end; end: empty'],
  ['{ x() }', '{x()}'],
  ['var x, y int = 1, 2; const c = 1; type T int', 'var{(x,y int = 1 2)}; const{(c = 1)}; type{(T int)}'],
  ['f(xs...)', 'f(xs...)'],
  ['f(1, xs...,)', 'f(1 xs...)'],
  ['x = make(chan T, n)', 'x = make(chan T n)'],
  ['x = make([]int, 1, 2)', 'x = make([]int 1 2)'],
  ['x = new(T)', 'x = new(T)'],
  ['x = new(*p.T)', 'x = new(*p.T)'],
  ['x = new(1 + 2); y = new([]int); z = new(f(x))', 'x = new((1 + 2)); y = new([]int); z = new(f(x))'],
  ['x = make(n - 1)', 'x = make((n - 1))'],
  ['x = []byte("s")', 'x = []byte("s")'],
  ['x = (*T)(p)', 'x = (paren *T)(p)'],
  ['x = (func())(p)', 'x = (paren func())(p)'],
  ['x = <-chan int(c)', 'x = <-chan int(c)'],
  ['x = map[string]int(m)', 'x = map[string]int(m)'],
  ['x = interface{ M() }(v)', 'x = interface{M()}(v)'],
  ['x = F[int](y)', 'x = F[int](y)'],
  ['x = F[[]int, map[string]T](y)', 'x = F[[]int map[string]T](y)'],
  ['x = p.F[int, p.Q](y)', 'x = p.F[int p.Q](y)'],
  ['f := F[int, string]', 'f := F[int string]'],
  ['f := F[[]int]', 'f := F[[]int]'],
  ['x = T.Method; y = (*T).Method; z = p.T.M', 'x = T.Method; y = (paren *T).Method; z = p.T.M'],
  [
    'x = a[i]; y = a[1:]; z = a[:2]; w = a[1:2:3]; v = a[:]',
    'x = a[i]; y = a[1::]; z = a[:2:]; w = a[1:2:3]; v = a[::]',
  ],
  ['x = T{}', 'x = T{}'],
  ['x = &p.T{A: 1, B: []int{1, 2: 3}}', 'x = &p.T{A: 1 B: []int{1 2: 3}}'],
  ['x = [][]P{{{1, 2}}, {}}', 'x = [][]P{{{1 2}} {}}'],
  ['x = map[K]V{{1}: {a: 2}}', 'x = map[K]V{{1}: {a: 2}}'],
  ['x = [...]string{"a"}', 'x = [...]string{"a"}'],
  ['x = struct{ a int }{1}', 'x = struct{a:int}{1}'],
  ['x = G[int]{1}', 'x = G[int]{1}'],
  ['x = p.G[int]{}', 'x = p.G[int]{}'],
  ['x = !a && -b == +c || ^d&e != *f', 'x = ((!a && (-b == +c)) || ((^d & e) != *f))'],
  ['x = a.b.c().d[0].(T)', 'x = a.b.c().d[0].(T)'],
  ["x = 'a' + 1i + 0x1p-2 + 1_000 + `r\n`", "x = (((('a' + 1i) + 0x1p-2) + 1_000) + `r\n`)"],
  ['x = func(a int) (b int) { return }', 'x = func(a:int)(b:int){return}'],
  ['x = nil; y = true; _ = iota', 'x = nil; y = true; _ = iota'],
  ['f( /* a */ 1, // b\n\t2 /* c */)', 'f(1 2)'],
  [';;', 'empty'],
];

describe('lowering', () => {
  let parser: GoParser;
  before(async () => {
    parser = await GoParser.create(await loadWasm());
  });
  after(() => parser.dispose());

  function body(source: string): Stmt[] {
    const { decl, hasError } = parser.parseDeclaration(`func f() {\n${source}\n}`);
    assert.equal(hasError, false, source);
    return ((decl as FuncDecl).body as BlockStmt).stmts;
  }

  for (const [source, expected] of DECLS) {
    it(`reads ${JSON.stringify(source)}`, () => {
      const { decl, hasError } = parser.parseDeclaration(source);
      assert.equal(dumpDecl(decl), expected);
      assert.equal(hasError, false);
      assert.deepEqual([decl.start, decl.end], [0, source.length]);
      assertWellFormed(decl, source, false);
    });
  }

  for (const [source, expected] of BODIES) {
    it(`reads ${JSON.stringify(source)} in a body`, () => {
      const text = `func f() {\n${source}\n}`;
      const { decl, hasError } = parser.parseDeclaration(text);
      assert.equal(dumpDecl(decl), `func f(){${expected}}`);
      assert.equal(hasError, false);
      assertWellFormed(decl, text, false);
    });
  }

  it('gives offsets of braces, parentheses and colons', () => {
    const source = 'func f(a int) error { g[int]( 1 ); switch { case x: y() ; default : }; select { case <-c : } }';
    const { decl } = parser.parseDeclaration(source);
    const f = decl as FuncDecl;
    const [call, sw, select] = (f.body as BlockStmt).stmts;
    assert.equal(source[f.body?.start ?? -1], '{');
    assert.equal(f.type.paramsEnd, source.indexOf(')') + 1);
    assert.ok(call?.kind === 'ExprStmt' && sw?.kind === 'SwitchStmt' && select?.kind === 'SelectStmt');
    const { lparen, rparen } = call.x as CallExpr;
    assert.equal(source.slice(lparen, rparen + 1), '( 1 )');
    assert.deepEqual(
      [...sw.cases, ...select.clauses].map((c) => [source.slice(c.start, c.colon), source.slice(c.start, c.end)]),
      [
        ['case x:', 'case x: y()'],
        ['default :', 'default :'],
        ['case <-c :', 'case <-c :'],
      ],
    );
  });

  it('ends a clause with its last statement, not with the line break', () => {
    const [sw] = body('switch {\ncase x:\n\ty()\n\ncase z:\n}');
    assert.ok(sw?.kind === 'SwitchStmt');
    const text = 'func f() {\nswitch {\ncase x:\n\ty()\n\ncase z:\n}\n}';
    assert.deepEqual(
      sw.cases.map((c) => text.slice(c.start, c.end)),
      ['case x:\n\ty()', 'case z:'],
    );
  });

  it('counts UTF-16 code units', () => {
    const source = 'func f() { 😀é := "😀"; x() }';
    const { decl } = parser.parseDeclaration('func f() { é := "😀"; x() }');
    const [, call] = ((decl as FuncDecl).body as BlockStmt).stmts;
    assert.equal('func f() { é := "😀"; x() }'.slice(call?.start, call?.end), 'x()');
    assert.equal(parser.parseDeclaration(source).hasError, true);
  });

  it('marks broken source and keeps what can be read', () => {
    const { decl, hasError } = parser.parseDeclaration('func f(a int) {\n\tx := 1\n\ty := = 2\n\tz()\n}');
    assert.equal(hasError, true);
    assert.match(dumpDecl(decl), /^func f\(a:int\)\{x := 1; .*z\(\)\}$/);
  });

  it('tells a block below a statement from a composite literal in its header', () => {
    for (const head of ['if a.ok {', 'if x := a; x.ok {', 'for a.ok {', 'for range a.all {', 'if !b && a {']) {
      const { decl, hasError } = parser.parseDeclaration(
        `func f() {\n\t${head}\n\t\tg(1)\n\t}\n\n\t{\n\t\th()\n\t}\n}`,
      );
      assert.equal(hasError, false, head);
      assert.match(dumpDecl(decl), /\{g\(1\)\}; \{h\(\)\}\}$/, head);
    }
    const { hasError } = parser.parseDeclaration('func f() {\n\tif (T{g(1)}) == a {\n\t\th()\n\t}\n}');
    assert.equal(hasError, false);
  });

  it('keeps kind and name of a declaration that cannot be read', () => {
    assert.equal(dumpDecl(parser.parseDeclaration('func (t *T) Name(').decl).startsWith('func '), true);
    assert.equal(parser.parseDeclaration('var').decl.kind, 'GenDecl');
    for (const text of ['', ' ', ')', 'package p', 'import "x"', 'x := 1', 'func', 'func f() {} func g() {}'])
      assert.equal(parser.parseDeclaration(text).hasError, true, text);
  });

  it('does not parse declarations over the limit', () => {
    const text = `var Table = []int{${'1, '.repeat(MAX_DECLARATION_LENGTH / 3)}}`;
    const started = performance.now();
    const { decl, hasError } = parser.parseDeclaration(text);
    assert.ok(performance.now() - started < 100);
    assert.deepEqual([decl.kind, hasError], ['GenDecl', true]);
  });

  it('does not exhaust the stack on deep nesting', () => {
    for (const text of [
      `var x = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
      `var x = ${'"a" + '.repeat(20_000)}"b"`,
      `func f() ${'{'.repeat(20_000)}${'}'.repeat(20_000)}`,
      `func f() { ${'if x {} else '.repeat(5_000)} {} }`,
      `var x ${'[]'.repeat(20_000)}int`,
      `var x = ${'func() { f('.repeat(3_000)}`,
    ]) {
      const { hasError } = parser.parseDeclaration(text);
      assert.equal(hasError, true);
    }
  });

  it('never throws, whatever the text, and keeps nodes within it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DECLARATIONS), fc.array(change, { maxLength: 6 }), (source, changes) => {
        const text = changes.reduce(applyChange, source);
        const { decl, hasError } = parser.parseDeclaration(text);
        assertWellFormed(decl, text, hasError);
      }),
      { numRuns: 400 },
    );
  });

  it('can be created many times', async () => {
    const wasm = await loadWasm();
    for (let i = 0; i < 50; i++) (await GoParser.create(wasm)).dispose();
    assert.equal(parser.parseDeclaration('var x int').hasError, false);
  });
});
