import assert from 'node:assert/strict';
import type { CallExpr } from '../../src/syntax/ast.ts';
import type { Callee } from '../../src/golang/callee.ts';
import { walk } from '../../src/golang/walk.ts';
import { packageOf } from '../support/analysis.ts';

const SOURCE = `package p
import ("context"; "io"; "net/http"; "os"; "sync"; "time"; thing "unknown.org/thing"; str "strings")
type Base struct { mu sync.Mutex }
func (b *Base) Do(x int) {}
type T struct { *Base; sync.WaitGroup; client *http.Client; fn func(); rc io.ReadCloser; fns []func() }
type I interface { Do(x int); io.Closer }
type List[E any] struct{}
func (l *List[E]) Push(e E) {}
type F func()
func plain() {}
func generic[A any](a A) {}
func external()
var variable = func() {}
`;

/** The callee of the last call in `body` that starts a statement. */
async function callee(body: string): Promise<Callee> {
  const { analysis, unit } = await packageOf(
    { 'a.go': `${SOURCE}func test(t *T, i I, f F, ctx context.Context) {\n${body}\n}\n` },
    'm/p',
  );
  const u = unit('test');
  assert.ok(!u.hasError, 'the test itself does not parse');
  const calls: CallExpr[] = [];
  walk(u.decl, (n) => {
    if (n.kind === 'ExprStmt' && n.x.kind === 'CallExpr') calls.push(n.x);
  });
  return analysis.callee(u, calls.at(-1)!);
}

/** kind, name, and what else is known. */
async function described(body: string): Promise<string> {
  const c = await callee(body);
  return [c.kind, c.name, c.dynamic && 'dynamic', c.visible && 'visible', c.literal && 'literal', c.fact && 'fact']
    .filter(Boolean)
    .join(' ');
}

const CASES: Record<string, string> = {
  'plain()': 'func m/p.plain visible',
  '(plain)()': 'func m/p.plain visible',
  'generic(1)': 'func m/p.generic visible',
  'generic[int](1)': 'func m/p.generic visible',
  'external()': 'func m/p.external',
  'variable()': 'value',
  'f()': 'value',
  't.fn()': 'value',
  't.fns[0]()': 'value',
  'nothing()': 'unknown',
  'http.Get("x")': 'func net/http.Get fact',
  'str.ToUpper("x")': 'func strings.ToUpper',
  'context.WithCancel(ctx)': 'func context.WithCancel fact',
  't.client.Get("x")': 'method net/http.Client.Get fact',
  'new(http.Client).Do(nil)': 'method net/http.Client.Do fact',
  't.Do(1)': 'method m/p.Base.Do visible',
  't.Base.Do(1)': 'method m/p.Base.Do visible',
  't.Add(1)': 'method sync.WaitGroup.Add',
  't.mu.Lock()': 'method sync.Mutex.Lock fact',
  't.rc.Close()': 'method io.Closer.Close dynamic',
  'i.Do(1)': 'method m/p.I.Do dynamic',
  'i.Close()': 'method io.Closer.Close dynamic',
  'ctx.Done()': 'method context.Context.Done dynamic',
  'l := &List[int]{}; l.Push(1)': 'method m/p.List.Push visible',
  'thing.Do()': 'func unknown.org/thing.Do',
  'var c thing.Client; c.Do()': 'method unknown.org/thing.Client.Do',
  'c := thing.New(); c.Do()': 'unknown',
  'time.Duration(3)': 'conversion',
  '[]byte("x")': 'conversion',
  '(*T)(nil)': 'conversion',
  'F(nil)': 'conversion',
  'List[int](x)': 'conversion',
  'func() {}()': 'literal literal',
  'g := func() {}; g()': 'value literal',
  'var g = func() {}; g()': 'value literal',
  'g := func() {}; g = nil; g()': 'value',
  'g := func() {}; h(&g); g()': 'value',
  'g, h := func() {}, 1; _ = h; g()': 'value literal',
  'len("x")': 'builtin len',
  'panic(1)': 'builtin panic',
  'len := func(x string) {}; len("x")': 'value literal',
  'http := t.client; http.Get("x")': 'method net/http.Client.Get fact',
  'plain := 1; plain()': 'value',
  '(*Base).Do(t.Base, 1)': 'unknown',
  'T.Add(*t, 1)': 'unknown',
  'os.Exit(1)': 'func os.Exit fact',
};

describe('callee', () => {
  for (const [body, expected] of Object.entries(CASES))
    it(body, async () => assert.equal(await described(body), expected));

  it('does not guess which of several platforms a body is for', async () => {
    const { analysis, unit } = await packageOf({
      'a.go': 'package p\nfunc test() { wait() }\n',
      'wait_linux.go': 'package p\nfunc wait() { select {} }\n',
      'wait_windows.go': 'package p\nfunc wait() {}\n',
    });
    const u = unit('test');
    let found: Callee | undefined;
    walk(u.decl, (n) => {
      if (n.kind === 'CallExpr') found = analysis.callee(u, n);
    });
    assert.equal(found?.name, 'example.com/p.wait');
    assert.equal(found?.visible, undefined);
  });

  it('knows the receiver and the signature', async () => {
    const c = await callee('t.Base.Do(1)');
    assert.equal(c.recv?.kind, 'SelectorExpr');
    assert.ok(c.signature?.kind === 'func' && c.signature.params.length === 1);
  });

  it('knows the literal of a variable declared before', async () => {
    const c = await callee('var g func()\ng = func() {}\ng()');
    assert.equal(c.kind, 'value');
  });
});
