import assert from 'node:assert/strict';
import type { ReleaseSpec } from '../../src/golang/uses.ts';
import { packageOf } from '../support/analysis.ts';

const CLOSE: ReleaseSpec = { methods: ['Close'] };
const CALL: ReleaseSpec = { methods: ['()'] };
const BODY: ReleaseSpec = { methods: ['Close'], via: 'Body' };

/** What `func f(x …)` (or the method `T.f`) does with its parameter or receiver. */
async function effect(source: string, spec: ReleaseSpec = CLOSE, index: number | 'recv' = 0): Promise<string> {
  const { analysis, unit } = await packageOf({
    'a.go': `package p\nimport ("fmt"; "io"; "net/http"; "os"; "unknown.org/thing")\nvar sink any\n${source}\n`,
  });
  const u = unit(index === 'recv' ? 'T.f' : 'f');
  assert.ok(!u.hasError && u.decl.kind === 'FuncDecl');
  const f = { unit: u, decl: u.decl };
  return index === 'recv' ? analysis.summaries.receiver(f, spec) : analysis.summaries.parameter(f, index, spec);
}

const FILE: Record<string, string> = {
  'func f(x *os.File) {}': 'neutral',
  'func f(_ *os.File) {}': 'neutral',
  'func f(*os.File) {}': 'neutral',
  'func f(x *os.File) { _ = x.Name() }': 'neutral',
  'func f(x *os.File) { x.Close() }': 'release',
  'func f(x *os.File) { defer x.Close() }': 'release',
  'func f(x *os.File) { if true { (x).Close() } }': 'release',
  'func f(x *os.File) { defer func() { x.Close() }() }': 'release',
  'func f(x *os.File) { go func() { x.Close() }() }': 'handoff',
  'func f(x *os.File) { c := x.Close; c() }': 'handoff',
  'func f(x *os.File) { g(x) }\nfunc g(y *os.File) { y.Close() }': 'release',
  'func f(x *os.File) { g(x) }\nfunc g(y *os.File) { _ = y.Name() }': 'neutral',
  'func f(x *os.File) { g(1, x) }\nfunc g(n int, y *os.File) { y.Close() }': 'release',
  'func f(x *os.File) { g(x) }\nfunc g(ys ...*os.File) { }': 'handoff',
  'func f(x *os.File) { thing.Take(x) }': 'handoff',
  'func f(x *os.File) { sink = x }': 'handoff',
  'func f(x *os.File) { _ = x }': 'neutral',
  'func f(x *os.File) *os.File { return x }': 'handoff',
  'func f(x *os.File) { sink = []any{x} }': 'handoff',
  'func f(x *os.File) { sink = map[string]any{"a": x} }': 'handoff',
  'func f(x *os.File, c chan *os.File) { c <- x }': 'handoff',
  'func f(x *os.File) { x = nil }': 'neutral',
  'func f(x *os.File) { if x == nil { return } }': 'neutral',
  'func f(x *os.File) { for { f(x) } }': 'handoff',
  'func f(x *os.File) { g(x) }\nfunc g(x *os.File) { f(x) }': 'handoff',
  'func f(x *os.File, again bool) { if again { f(x, false) }; x.Close() }': 'release',
  'func f(x any) { if c, ok := x.(io.Closer); ok { c.Close() } }': 'handoff',
};

const BODIES: Record<string, string> = {
  'func f(x *http.Response) { x.Body.Close() }': 'release',
  'func f(x *http.Response) { println(x.StatusCode) }': 'neutral',
  'func f(x *http.Response) { g(x.Body) }\nfunc g(b io.ReadCloser) { b.Close() }': 'release',
  'func f(x *http.Response) { g(x.Body) }\nfunc g(b io.Reader) { b.Read(nil) }': 'neutral',
  'func f(x *http.Response) { b := x.Body; b.Close() }': 'handoff',
  'func f(x *http.Response) { println(x.Header.Get("a")) }': 'neutral',
};

describe('summaries', () => {
  for (const [source, expected] of Object.entries(FILE))
    it(source, async () => assert.equal(await effect(source), expected));
  for (const [source, expected] of Object.entries(BODIES))
    it(source, async () => assert.equal(await effect(source, BODY), expected));

  it('knows functions that are to be called', async () => {
    assert.equal(await effect('func f(x func()) { x() }', CALL), 'release');
    assert.equal(await effect('func f(x func()) { defer x() }', CALL), 'release');
    assert.equal(await effect('func f(x func()) { println(x != nil) }', CALL), 'neutral');
    assert.equal(await effect('func f(x func()) { sink = func() { x() } }', CALL), 'handoff');
  });

  it('knows what a method does with its receiver', async () => {
    assert.equal(
      await effect('type T struct{}\nfunc (t *T) f() { t.Close() }\nfunc (t *T) Close() {}', CLOSE, 'recv'),
      'release',
    );
    assert.equal(
      await effect('type T struct{}\nfunc (t *T) f() { t.g() }\nfunc (t *T) g() { t.Close() }', CLOSE, 'recv'),
      'release',
    );
    assert.equal(await effect('type T struct{}\nfunc (t *T) f() { sink = t }', CLOSE, 'recv'), 'handoff');
    assert.equal(await effect('type T struct{}\nfunc (T) f() {}', CLOSE, 'recv'), 'neutral');
    assert.equal(await effect('type T struct{ n int }\nfunc (t T) f() { println(t.n) }', CLOSE, 'recv'), 'neutral');
  });

  it('counts arguments beyond the parameters as handed off', async () => {
    assert.equal(await effect('func f(x ...*os.File) {}', CLOSE, 3), 'handoff');
    assert.equal(await effect('func f() {}', CLOSE, 0), 'handoff');
  });
});

describe('functions that call one another', () => {
  const SOURCE = `package p
import "os"
func a() { b(); os.Exit(1) }
func b() { if c { a(); return }; a() }
func spin() { spun() }
func spun() { for { spin() } }
func even() { odd() }
func odd() { if c { return }; even() }
var c bool
`;
  const NAMES = ['a', 'b', 'spin', 'spun', 'even', 'odd'];

  for (const order of [NAMES, [...NAMES].reverse()])
    it(`end the same way, asked in the order ${order.join(' ')}`, async () => {
      const { analysis, unit } = await packageOf({ 'a.go': SOURCE });
      const endings: Record<string, unknown> = {};
      for (const name of order) {
        const u = unit(name);
        assert.equal(u.decl.kind, 'FuncDecl');
        if (u.decl.kind === 'FuncDecl') endings[name] = analysis.endings.of({ unit: u, decl: u.decl });
      }
      assert.deepEqual(
        NAMES.map((n) => endings[n]),
        ['exit', 'exit', 'exit', 'exit', undefined, undefined],
      );
    });
});
