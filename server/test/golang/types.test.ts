import assert from 'node:assert/strict';
import type { Type } from '../../src/golang/types.ts';
import { walk } from '../../src/golang/walk.ts';
import { packageOf } from '../support/analysis.ts';

/** A type in Go's spelling, packages by the last element of their path. */
function spell(t: Type): string {
  switch (t.kind) {
    case 'basic':
    case 'typeparam':
      return t.name;
    case 'named': {
      const pkg = t.local ? '' : t.pkg.replace(/^.*\//, '');
      return `${pkg && pkg !== 'p' ? `${pkg}.` : ''}${t.name}${t.args.length ? `[${t.args.map(spell).join(', ')}]` : ''}`;
    }
    case 'pointer':
      return `*${spell(t.elem)}`;
    case 'slice':
      return `[]${spell(t.elem)}`;
    case 'array':
      return `[N]${spell(t.elem)}`;
    case 'map':
      return `map[${spell(t.key)}]${spell(t.elem)}`;
    case 'chan':
      return `${{ both: 'chan', send: 'chan<-', recv: '<-chan' }[t.dir]} ${spell(t.elem)}`;
    case 'func':
      return `func(${t.params.map(spell).join(', ')})${t.results.length ? ` (${t.results.map(spell).join(', ')})` : ''}`;
    case 'tuple':
      return `(${t.elems.map(spell).join(', ')})`;
    case 'package':
      return `package ${t.path}`;
    case 'interface':
      return t.node ? 'interface' : 'any';
    default:
      return t.kind;
  }
}

const HEADER = `package p
import (
	"bufio"; "context"; "database/sql"; "fmt"; "io"; "iter"; "net/http"; "net/url"; "os"; "os/exec"; "sync"; "time"
	. "strings"
	_ "embed"
	ctxpkg "context"
	thing "unknown.org/x/thing"
	xcontext "golang.org/x/net/context"
)
`;

/** Declarations the bodies below use. */
const PACKAGE = `
type Base struct { sync.Mutex; n int; next *Base }
func (b *Base) Up() *Base { return b }
func (b Base) Count() (int, error) { return 0, nil }
type Mid struct { *Base; http.Handler; name string }
type Top struct { Mid; n string }
type Alias = Top
type AliasOfPtr = *Top
type Renamed struct { Alias }
type Iface interface { io.Reader; Close() error; private() *Top }
type Wide interface { Iface; fmt.Stringer }
type Defined Base
type Handler func(w int) (string, error)
type Ints []int
type IntChan <-chan int
type List[T any] struct { head *Node[T]; all []T; index map[string]T; inner struct { v T } }
type Node[Config any] struct { v Config; next *Node[Config] }
type Config struct { n int }
func (l *List[E]) First() E { return l.head.v }
func (l *List[E]) Pair() (E, []E) { return l.head.v, l.all }
type Pair[K comparable, V any] struct { k K; v V }
type Named[V any] = Pair[string, V]
type IntList List[int]
type Getter[T any] interface { Get() T }
type Sub interface { Getter[*Top] }
func Map[A, B any](xs []A, f func(A) B) []B { return nil }
func Ptr[T any](v T) *T { return &v }
func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }
func two() (*Top, error) { return nil, nil }
func Larger[T any](a, b T) T { return a }
func none() {}
func variadic(a int, rest ...string) {}
func same(url *url.URL, context string) (*url.URL, context.Context) { return nil, nil }
var top Top
var first, second = two()
var pkgCtx, pkgCancel = context.WithCancel(context.Background())
var inferred = map[string][]*Top{}
const untyped, typed = 1 << 3, time.Second
const ( A0 Kind = iota; A1; )
type Kind int
var (
	grouped = groupedTop.Up()
	groupedTop = &Top{}
)
var loopA = loopB
var loopB = loopA
var selfCall = selfFn()
func selfFn() T1 { return selfCall }
type T1 struct { T2 }
type T2 struct { *T1 }
type Cyc1 Cyc2
type Cyc2 Cyc1
type CA = CB
type CB = CA
`;

/** Statement → types of the variables it declares, in order. */
const CASES: Record<string, Record<string, string>> = {
  'calls of the standard library': {
    'v, e := os.Open("x")': '*os.File error',
    'v, e := http.Get("x")': '*http.Response error',
    'v, c := context.WithTimeout(context.Background(), time.Second)': 'context.Context context.CancelFunc',
    'v := ctxpkg.Background()': 'context.Context',
    'v := time.NewTicker(time.Second)': '*time.Ticker',
    'v := time.NewTicker(time.Second).C': '<-chan time.Time',
    'v := <-time.After(1)': 'time.Time',
    'v := time.Now().Add(time.Hour).Sub(time.Now())': 'time.Duration',
    'v := exec.Command("a").Process': '*os.Process',
    'v := bufio.NewScanner(os.Stdin)': '*bufio.Scanner',
    'v := time.Duration(3) * time.Second': 'time.Duration',
    'v := 3 * time.Second': 'time.Duration',
    'v := new(http.Client).Transport': 'http.RoundTripper',
    'v := http.DefaultClient.Timeout': 'time.Duration',
  },
  'fields and methods': {
    'var r *http.Request; v := r.Context()': '*http.Request context.Context',
    'var r *http.Request; v := r.URL.Query()': '*http.Request url.Values',
    'var db *sql.DB; v, e := db.Begin()': '*sql.DB *sql.Tx error',
    'var db *sql.DB; var r, e = db.Query("")': '*sql.DB *sql.Rows error',
    'v := top.Up': 'func() (*Base)',
    'v := top.Mid.Base.Up().next.Up()': '*Base',
    'v, e := top.Count()': 'int error',
    'v := top.n': 'string',
    'v := top.Mid.n': 'int',
    'v := top.Lock': 'func()',
    'v := top.TryLock()': 'bool',
    'v := top.ServeHTTP': 'func(http.ResponseWriter, *http.Request)',
    'var a Alias; v := a.name': 'Top string',
    'var a AliasOfPtr; v := a.name': '*Top string',
    'var a Renamed; v := a.Alias; w := a.name': 'Renamed Top string',
    'var i Iface; v := i.Close(); n, e := i.Read(nil); w := i.private()': 'Iface error int error *Top',
    'var i Wide; v := i.String(); w := i.Close()': 'Wide string error',
    'var e error; v := e.Error()': 'error string',
    'var d Defined; v := d.next; w := d.Up()': 'Defined *Base unknown',
    'v := (*Base).Up; w := Base.Count; x := (*Base).Up(nil)': 'func(*Base) (*Base) func(Base) (int, error) *Base',
    'v := (*sync.WaitGroup).Done': 'func(*sync.WaitGroup)',
    'v := struct{ a int }{}.a': 'int',
    'var t T1; v := t.nothing': 'T1 unknown',
  },
  'generic types and functions': {
    'var l List[Config]; v := l.First(); w := l.head.next.v': 'List[Config] Config Config',
    'l := &List[*Top]{}; a, b := l.Pair()': '*List[*Top] *Top []*Top',
    'var l List[int]; v := l.index["a"]; w := l.all': 'List[int] int []int',
    'var l IntList; v := l.head.v': 'IntList int',
    'var n Named[Top]; k := n.k; v := n.v': 'Pair[string, Top] string Top',
    'v := Map([]int{}, func(i int) *Top { return nil })': '[]*Top',
    'v := Map[int, string](nil, nil)': '[]string',
    'f := Map[int, string]; v := f(nil, nil)': 'func([]int, func(int) (string)) ([]string) []string',
    'v := Keys(map[string]int{}); type m map[Kind]*Top; var x m; w := Keys(x)': '[]string m []Kind',
    'v := Ptr(top); w := Ptr(1); x := Larger(1, time.Second)': '*Top *int time.Duration',
    'var s Sub; v := s.Get()': 'Sub *Top',
    'v := List[int]{}.First()': 'int',
  },
  'forms with an optional second value': {
    'm := map[string]*Top{}; v, ok := m["a"]': 'map[string]*Top *Top bool',
    'var c chan Top; v, ok := <-c': 'chan Top Top bool',
    'var x any; v, ok := x.(*Top)': 'any *Top bool',
    'var c IntChan; v, ok := (<-c)': 'IntChan int bool',
    'v, e := thing.Do()': 'unknown unknown',
    'v, e := undefined()': 'unknown unknown',
    'a, b := 1, "x"': 'int string',
    'a, b, c := two()': '*Top error unknown',
  },
  range: {
    'for i, v := range []Top{} {}': 'int Top',
    'for i, v := range [3]Top{} {}': 'int Top',
    'for i, v := range &[3]Top{} {}': 'int Top',
    'for k, v := range inferred {}': 'string []*Top',
    'for i, v := range "abc" {}': 'int rune',
    'for v := range make(chan Top) {}': 'Top',
    'for v := range IntChan(nil) {}': 'int',
    'for i := range 10 {}': 'int',
    'for i := range time.Second {}': 'time.Duration',
    'for i, v := range (Ints{}) {}': 'int int',
    'for k, v := range func(yield func(string, Top) bool) {} {}': 'string Top',
    'var s iter.Seq2[int, *Top]; for k, v := range s {}': 'iter.Seq2[int, *Top] int *Top',
    'for v := range thing.All() {}': 'unknown',
  },
  expressions: {
    'v := 1 + 2.5; w := 2.5 + 1; x := 1 + 2i': 'float64 float64 complex128',
    'v := \'a\' + 1; w := 1 << 3; x := "a" + "b"': 'rune int string',
    'v := untyped; w := typed; x := A0': 'int time.Duration Kind',
    'v := 1 == 2; w := !true; x := true && false': 'bool bool bool',
    'v := max(1, time.Second); w := min(1, 2.5)': 'time.Duration float64',
    'v := &top; w := *v; x := &Top{}': '*Top Top *Top',
    'v := top.name[0]; w := top.name[1:]; x := [3]int{}': 'byte string [N]int',
    'v := Ints{}[:]; w := [3]int{}[:]; x := []int{}[1:2:3]': 'Ints []int []int',
    'v := len("x"); w := append([]int(nil), 1); x := cap(w)': 'int []int int',
    'v := new(Top); w := make(chan error, 1); x := new(3)': '*Top chan error *int',
    'v := recover(); w := string([]byte{}); x := []byte("x")': 'any string []byte',
    'v := func(a, b int, c ...string) error { return nil }': 'func(int, int, []string) (error)',
    'v := Handler(nil); w, e := v(1)': 'Handler string error',
    'v := (<-chan int)(nil); var w chan<- func() = nil': '<-chan int chan<- func()',
    'var x any = 1; switch v := x.(type) { case *Top: w := v.name; default: _ = v }': 'any string',
    'a, b := same(nil, "")': '*url.URL context.Context',
    'v := nothing; w := nothing.at.all(); x := nothing[0]': 'unknown unknown unknown',
  },
  'names that hide others': {
    'context := 1; v := context.Background()': 'int unknown',
    'len := func(x string) *Top { return nil }; v := len("")': 'func(string) (*Top) *Top',
    'type Top struct{ q bool }; var v Top; w := v.q': 'Top bool',
    'type L struct { next *L; n int }; var v L; w := v.next.next.n': 'L int',
    'type L = map[string]Top; var v L; w := v["a"]': 'map[string]Top Top',
    'type R []R; var v R; w := v[0]': 'R unknown',
    'nil := 1; v := nil': 'int int',
  },
  'package variables, and definitions that lead to themselves': {
    'v, w, x := first, second, pkgCtx': '*Top error context.Context',
    'v := pkgCancel': 'context.CancelFunc',
    'v := grouped; w := groupedTop': '*Base *Top',
    'v := loopA; w := loopB; x := selfCall': 'unknown unknown T1',
    'var a Cyc1; v := a.x; w := a[0]; var b CA; x := b.y': 'Cyc1 unknown unknown CB unknown',
    'v := v': 'unknown',
    'var f func() = f': 'func()',
  },
  'packages nobody has seen': {
    'var v thing.Client; w := v.Do(); x := thing.New()': 'thing.Client unknown unknown',
    'var v *thing.Client; w := v.Field': '*thing.Client unknown',
    'var v xcontext.Context; w := v.Done()': 'context.Context <-chan struct',
    'v := NewReader("x")': 'unknown',
  },
};

describe('types', () => {
  for (const [title, cases] of Object.entries(CASES))
    describe(title, () => {
      for (const [source, expected] of Object.entries(cases))
        it(source, async () => {
          const { analysis, unit } = await packageOf({ 'a.go': `${HEADER}${PACKAGE}\nfunc test() { ${source} }\n` });
          const u = unit('test');
          assert.ok(!u.hasError, 'the test itself does not parse');
          const types: string[] = [];
          walk(u.decl, (n) => {
            if (n.kind === 'FuncLit' || n.kind === 'StructType') return false;
            const object = n.kind === 'Ident' && n.obj?.decl === n ? n.obj : undefined;
            if (object?.kind === 'var' && object.role !== 'typeswitch')
              types.push(spell(analysis.objectType(u, object)));
            return undefined;
          });
          assert.equal(types.join(' '), expected);
        });
    });

  it('knows the variable of a type switch in each clause', async () => {
    const { analysis, unit } = await packageOf({
      'a.go': `${HEADER}func test(x any) { switch v := x.(type) { case *http.Request: a(v); case int, string: a(v); case nil: a(v); case error: a(v) } }`,
    });
    const u = unit('test');
    const types: string[] = [];
    walk(u.decl, (n) => {
      if (n.kind === 'CallExpr') types.push(spell(analysis.typeOf(u, n.args[0]!)));
    });
    assert.deepEqual(types, ['*http.Request', 'unknown', 'unknown', 'error']);
  });

  it('leaves names of a dot import unknown', async () => {
    const { analysis, unit } = await packageOf({
      'a.go': 'package p\nimport . "context"\nfunc test() { c, cancel := WithCancel(Background()) }',
    });
    const u = unit('test');
    walk(u.decl, (n) => {
      if (n.kind === 'Ident' && n.obj) assert.equal(spell(analysis.objectType(u, n.obj)), 'unknown');
    });
  });

  it('reads nothing from a type, variable or header that does not parse; a broken body does not matter', async () => {
    const { analysis, unit } = await packageOf({
      'a.go':
        'package p\ntype T struct { a int\n b b b }\nfunc g() int { return ( }\nfunc h() int int { return 1 }\nvar x = := 1\nfunc test() { u := g(); v := h(); var t T; w := t.a; y := x }',
    });
    const u = unit('test');
    const types: string[] = [];
    walk(u.decl, (n) => {
      if (n.kind === 'Ident' && n.obj?.decl === n) types.push(spell(analysis.objectType(u, n.obj)));
    });
    assert.deepEqual(types, ['int', 'unknown', 'T', 'unknown', 'unknown']);
  });
});
