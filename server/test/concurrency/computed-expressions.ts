/** What whole programs compute: expressions that are true, told by a leak that hangs on them; and types that they use. */

export const TYPES = `type key struct{}
type myErr struct{ code int }
func (e *myErr) Error() string { return "my" }
type base struct{ n int }
func (b base) get() int { return b.n }
type derived struct{ base }
type shape interface{ area() int }
type square struct{ s int }
func (q square) area() int { return q.s * q.s }
func sum(xs ...int) int { t := 0; for _, x := range xs { t += x }; return t }
func mapOf[T, U any](xs []T, f func(T) U) []U { var out []U; for _, x := range xs { out = append(out, f(x)) }; return out }
type stack[T any] struct{ items []T }
func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() (T, bool) { var zero T; if len(s.items) == 0 { return zero, false }; v := s.items[len(s.items)-1]; s.items = s.items[:len(s.items)-1]; return v, true }
type color int
const ( red color = iota; blue )
func (c color) String() string { return [...]string{"red", "blue"}[c] }
func seq(n int) iter.Seq[int] { return func(yield func(int) bool) { for i := range n { if !yield(i) { return } } } }`;

export const TRUE_EXPRESSIONS: readonly string[] = [
  `len([]byte("abc")) == 3`,
  `len(strings.Split("a,b,c", ",")) == 3`,
  `strings.Split("a,b", ",")[1] == "b"`,
  `strings.SplitN("a,b,c", ",", 2)[1] == "b,c"`,
  `len(strings.SplitN("a,b,c", ",", -1)) == 3`,
  `len(strings.Fields("a b  c")) == 3`,
  `strings.HasPrefix("abc", "ab") && !strings.HasSuffix("abc", "x")`,
  `strings.Contains("abc", "bc")`,
  `strings.Index("abc", "c") == 2`,
  `strings.TrimSpace(" x ") == "x"`,
  `strings.ToUpper("ab") == "AB"`,
  `strings.Repeat("ab", 2) == "abab"`,
  `strings.Join([]string{"a", "b"}, "-") == "a-b"`,
  `strings.ReplaceAll("aXa", "X", "-") == "a-a"`,
  `strings.TrimPrefix("/a", "/") == "a"`,
  `strings.EqualFold("A", "a")`,
  `strconv.Itoa(12) == "12"`,
  `func() bool { n, err := strconv.Atoi("12"); return err == nil && n == 12 }()`,
  `func() bool { _, err := strconv.Atoi("x"); return err != nil }()`,
  `fmt.Sprintf("%d-%s", 3, "x") == "3-x"`,
  `fmt.Sprint("n", 3) == "n3"`,
  `len(fmt.Sprintf("%03d", 7)) == 3`,
  `func() bool { s := []int{3, 1, 2}; sort.Ints(s); return s[0] == 1 }()`,
  `func() bool { s := []int{3, 1, 2}; sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }); return s[0] == 1 }()`,
  `func() bool { s := []int{3, 1, 2}; slices.SortFunc(s, func(a, b int) int { return b - a }); return s[0] == 3 }()`,
  `slices.Contains([]string{"a", "b"}, "b")`,
  `slices.Index([]int{5, 6}, 6) == 1`,
  `slices.Max([]int{5, 6}) == 6`,
  `func() bool { m := map[string]int{"a": 1, "b": 2}; n := 0; for _, v := range m { n += v }; return n == 3 }()`,
  `func() bool { m := map[string]int{"a": 1}; delete(m, "a"); return len(m) == 0 }()`,
  `func() bool { m := map[string]int{"a": 1, "b": 2}; k := slices.Sorted(maps.Keys(m)); return k[1] == "b" }()`,
  `func() bool { a := []int{1, 2, 3}; b := make([]int, 2); n := copy(b, a); return n == 2 && b[1] == 2 }()`,
  `func() bool { a := append([]int{1}, []int{2, 3}...); return len(a) == 3 && a[2] == 3 }()`,
  `func() bool { a := []int{1, 2, 3, 4}; a = append(a[:1], a[2:]...); return len(a) == 3 && a[1] == 3 }()`,
  `func() bool { a := [3]int{1, 2, 3}; b := a; b[0] = 9; return a[0] == 1 && b[0] == 9 }()`,
  `func() bool { type p struct{ x, y int }; return p{1, 2} == p{1, 2} }()`,
  `func() bool { type p struct{ x, y int }; m := map[p]int{{1, 2}: 3}; return m[p{1, 2}] == 3 }()`,
  `func() bool { n := 0; for i, r := range "abc" { if r == 'b' { n = i } }; return n == 1 }()`,
  `func() bool { n := 0; for range 3 { n++ }; return n == 3 }()`,
  `func() bool { switch x := 2; x { case 2: fallthrough; case 3: return true; default: return false } }()`,
  `func() bool { var x any = "s"; _, ok := x.(int); return !ok }()`,
  `6&^2 == 4 && 5^1 == 4 && 1<<3 == 8 && 7%4 == 3`,
  `int(3.9) == 3 || func() bool { f := 3.9; return int(f) == 3 }()`,
  `math.Max(2, 3) == 3`,
  `min(3, 2) == 2 && max(1, 4) == 4`,
  `func() bool { var e *myErr; w := fmt.Errorf("y: %w", &myErr{3}); return errors.As(w, &e) && e.code == 3 }()`,
  `func() bool { var e *myErr; return !errors.As(errors.New("x"), &e) && e == nil }()`,
  `func() bool { var e interface{ Error() string }; return errors.As(error(&myErr{3}), &e) }()`,
  `func() bool { return !errors.Is(&myErr{3}, context.Canceled) }()`,
  `func() bool { e := errors.New("x"); w := fmt.Errorf("y: %w", e); return errors.Is(w, e) }()`,
  `func() bool { var v atomic.Value; v.Store("x"); return v.Load().(string) == "x" }()`,
  `func() bool { var p atomic.Pointer[myErr]; p.Store(&myErr{2}); return p.Load().code == 2 }()`,
  `func() bool { var n atomic.Int64; n.Add(2); return n.CompareAndSwap(2, 5) && n.Load() == 5 }()`,
  `func() bool { var n int32; atomic.AddInt32(&n, 3); return atomic.LoadInt32(&n) == 3 }()`,
  `func() bool { ctx, cancel := context.WithCancel(context.Background()); cancel(); return ctx.Err() == context.Canceled }()`,
  `func() bool { ctx, cancel := context.WithCancelCause(context.Background()); e := errors.New("x"); cancel(e); return context.Cause(ctx) == e }()`,
  `func() bool { ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond); defer cancel(); <-ctx.Done(); return errors.Is(ctx.Err(), context.DeadlineExceeded) }()`,
  `func() bool { t := time.Now(); return t.Add(time.Hour).After(t) }()`,
  `func() bool { t := time.NewTimer(time.Hour); return t.Stop() }()`,
  `func() bool { n := 0; f := sync.OnceValue(func() int { n++; return n }); f(); return f() == 1 }()`,
  `func() bool { var m sync.Map; m.Store("a", 1); v, ok := m.Load("a"); return ok && v.(int) == 1 }()`,
  `func() bool { n := 0; for v := range seq(4) { if v == 2 { break }; n++ }; return n == 2 }()`,
  `func() (ok bool) { defer func() { ok = recover() != nil }(); var m map[string]int; m["a"] = 1; return false }()`,
  `func() (ok bool) { defer func() { ok = recover() != nil }(); var p *myErr; return p.code == 3 }()`,
  `func() (ok bool) { defer func() { ok = recover() != nil }(); a := []int{1}; i := 3; return a[i] == 1 }()`,
  `func() (ok bool) { defer func() { ok = recover() != nil }(); z := 0; return 1/z == 1 }()`,
  `func() (ok bool) { defer func() { ok = recover() != nil }(); var x any = 3; return x.(string) == "" }()`,
  `func() bool { x := derived{base{5}}; return x.get() == 5 && x.n == 5 }()`,
  `func() bool { var s shape = square{3}; return s.area() == 9 }()`,
  `func() bool { fs := map[string]func(int) int{"d": func(x int) int { return 2 * x }}; return fs["d"](4) == 8 }()`,
  `func() bool { f := square.area; return f(square{2}) == 4 }()`,
  `func() bool { return sum(1, 2, 3) == 6 && sum([]int{4, 5}...) == 9 }()`,
  `func() bool { return mapOf([]int{1, 2}, func(x int) string { return strconv.Itoa(x) })[1] == "2" }()`,
  `func() bool { s := &stack[int]{}; s.push(1); s.push(2); v, _ := s.pop(); return v == 2 && len(s.items) == 1 }()`,
  `func() bool { q := list.New(); q.PushBack(1); q.PushBack(2); return q.Front().Value.(int) == 1 && q.Len() == 2 }()`,
  `func() bool { i := 0; loop: for { switch { case i > 3: break loop }; i++ }; return i == 4 }()`,
  `func() bool { a := [][]int{{1}, {2, 3}}; return len(a[1]) == 2 && a[1][1] == 3 }()`,
  `func() bool { x := 1; p := &x; *p = 4; return x == 4 }()`,
  `func() bool { type t struct{ a []int }; v := t{}; v.a = append(v.a, 1); q := &v; q.a[0] = 3; return v.a[0] == 3 }()`,
  `func() bool { sc := bufio.NewScanner(strings.NewReader("a\\nb")); n := 0; for sc.Scan() { n++ }; return n == 2 }()`,
  `string([]byte("abc")[1:]) == "bc"`,
  `"abc"[1] == 'b' && "abc"[1:] == "bc" && len("abc"[:2]) == 2`,
  `func() bool { b := []byte("abc"); b[0] = 'x'; return string(b) == "xbc" }()`,
  `func() bool { var wg sync.WaitGroup; n := 0; var mu sync.Mutex; for i := range 3 { wg.Add(1); go func() { defer wg.Done(); mu.Lock(); n += i; mu.Unlock() }() }; wg.Wait(); return n == 3 }()`,
  `func() bool { ch := make(chan int, 3); ch <- 1; ch <- 2; return len(ch) == 2 && cap(ch) == 3 }()`,
  `func() bool { var e error = &myErr{1}; me, ok := e.(*myErr); return ok && me.code == 1 }()`,
  `func() bool { x := struct{ a, b int }{1, 2}; x.a, x.b = x.b, x.a; return x.a == 2 }()`,
  `cmp.Compare(1, 2) < 0`,
  `func() bool { ctx := context.WithValue(context.Background(), key{}, "v"); s, ok := ctx.Value(key{}).(string); return ok && s == "v" }()`,
  `func() bool { ctx, cancel := context.WithCancel(context.WithValue(context.Background(), red, 1)); cancel(); return ctx.Value(red) == 1 && ctx.Value(blue) == nil && ctx.Err() != nil }()`,
  `func() bool { ctx, cancel := context.WithCancel(context.Background()); v := context.WithValue(ctx, key{}, 1); w, stop := context.WithCancel(v); defer stop(); cancel(); <-w.Done(); return w.Err() == context.Canceled && v.Err() == context.Canceled }()`,
  `func() bool { x := 7; return float64(x)/2 == 3.5 }()`,
];
