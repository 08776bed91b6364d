import assert from 'node:assert/strict';
import { contextsAt, rootContextCall } from '../../src/golang/contexts.ts';
import { endsWithRequest, handlerOf } from '../../src/golang/handlers.ts';
import { toleratesNil } from '../../src/golang/nil-tolerance.ts';
import { find } from '../../src/golang/walk.ts';
import type { CallExpr, FuncDecl, Node } from '../../src/syntax/ast.ts';
import { packageOf, type TestPackage } from '../support/analysis.ts';

const HEADER = `package p
import ("context"; "net/http"; "sort"; "time")
var _ = sort.Slice; var _ = time.Now; var _ http.Handler
func mark(...any) {}
func later(func()) {}
`;

const pkg = (source: string): Promise<TestPackage> => packageOf({ 'a.go': `${HEADER}${source}\n` });
const isMark = (n: Node): n is CallExpr => n.kind === 'CallExpr' && n.fun.kind === 'Ident' && n.fun.name === 'mark';

/** Contexts that the call of `mark` in `f` can use. */
async function usable(source: string): Promise<string> {
  const { analysis, unit } = await pkg(source);
  const u = unit('f');
  const call = find(u.decl, isMark);
  assert.ok(call && !u.hasError);
  return contextsAt(analysis, u, call)
    .map((c) => c.text)
    .join(' ');
}

const USABLE: Record<string, string> = {
  'func f(ctx context.Context) { mark() }': 'ctx',
  'func f(a int, parent context.Context) { mark() }': 'parent',
  'func f(_ context.Context) { mark() }': '',
  'func f(w http.ResponseWriter, r *http.Request) { mark() }': 'r.Context()',
  'func f(ctx context.Context, w http.ResponseWriter, r *http.Request) { mark() }': 'ctx r.Context()',
  'func f(r *http.Request) { mark() }': '',
  'func f(ctx context.Context) { go mark() }': '',
  'func f(ctx context.Context) { defer mark() }': '',
  'func f(ctx context.Context) { go func() { mark() }() }': '',
  'func f(ctx context.Context) { defer func() { mark() }() }': '',
  'func f(ctx context.Context) { func() { mark() }() }': 'ctx',
  'func f(ctx context.Context) { g := func() { mark() }; g() }': 'ctx',
  'func f(ctx context.Context) { g := func() { mark() }; go g() }': '',
  'func f(ctx context.Context) { later(func() { mark() }) }': '',
  'func f(ctx context.Context, xs []int) { sort.Slice(xs, func(i, j int) bool { mark(); return false }) }': 'ctx',
  'func f(ctx context.Context) { later(func() { func(ctx context.Context) { mark() }(nil) }) }': 'ctx',
};

describe('contexts at a place', () => {
  for (const [source, expected] of Object.entries(USABLE))
    it(source, async () => assert.equal(await usable(source), expected));

  it('tells root contexts', async () => {
    const { analysis, unit } = await pkg(
      'func f() { mark(context.Background(), context.TODO(), context.WithValue(nil, 1, 2)) }',
    );
    const u = unit('f');
    const args = (find(u.decl, isMark) as CallExpr).args;
    assert.deepEqual(
      args.map((a) => rootContextCall(analysis, u, a)),
      ['Background', 'TODO', undefined],
    );
  });
});

describe('handlers', () => {
  const SHAPES: Record<string, string | undefined> = {
    'func f(w http.ResponseWriter, r *http.Request) {}': 'http',
    'func f(w http.ResponseWriter, r *http.Request, id string) error { return nil }': 'http',
    'func f(r *http.Request) {}': undefined,
    'func (s T) f(ctx context.Context, r *GetRequest) (*GetReply, error) { return nil, nil }': 'grpc',
    'func (s T) f(ctx context.Context, r *Item) (*GetReply, error) { return nil, nil }': undefined,
    'func f(ctx context.Context, r *GetRequest) (*GetReply, error) { return nil, nil }': undefined,
  };
  for (const [source, kind] of Object.entries(SHAPES))
    it(source, async () => {
      const { analysis, unit } = await pkg(
        `type T struct{}; type GetRequest struct{}; type GetReply struct{}; type Item struct{}\n${source}`,
      );
      const u = unit(source.startsWith('func (') ? 'T.f' : 'f');
      assert.equal(handlerOf(analysis, u, u.decl as FuncDecl)?.kind, kind);
    });

  it('tell what ends with the request', async () => {
    const { analysis, unit } = await pkg(`func f(w http.ResponseWriter, r *http.Request) {
      a := r.Context()
      b, cancel := context.WithTimeout(a, time.Second)
      c := context.WithoutCancel(a)
      d := a
      d = context.Background()
      e := own(a)
      mark(r.Context(), a, b, context.WithValue(b, 1, 2), c, d, e, cancel, context.Background())
    }
    func own(ctx context.Context) context.Context { return ctx }`);
    const u = unit('f');
    const handler = handlerOf(analysis, u, u.decl as FuncDecl);
    assert.ok(handler);
    assert.deepEqual(
      (find(u.decl, isMark) as CallExpr).args.map((a) => endsWithRequest(analysis, u, handler, a)),
      [true, true, true, true, false, false, false, false, false],
    );
  });
});

describe('functions that accept nil', () => {
  const ACCEPTS: Record<string, boolean> = {
    'func f(ctx context.Context) { if ctx == nil { return }; ctx.Err() }': true,
    'func f(ctx context.Context) { ctx.Err() }': false,
    'func f(context.Context) {}': true,
    'func f(ctx context.Context) { g(ctx) }\nfunc g(c context.Context) { if nil != c { c.Err() } }': true,
    'func f(ctx context.Context) { g(ctx) }\nfunc g(c context.Context) { c.Err() }': false,
    'func f(ctx context.Context) { unknown(ctx) }': false,
    'func f(ctx ...context.Context) {}': false,
  };
  for (const [source, expected] of Object.entries(ACCEPTS))
    it(source, async () => {
      const { analysis, unit } = await pkg(source);
      const u = unit('f');
      assert.equal(toleratesNil(analysis, { unit: u, decl: u.decl as FuncDecl }, 0), expected);
    });
});
