/** Pairs of tests that are found by computing what a test prints, and by looking where it matters first. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_OF_SEARCH: Pair[] = [
  {
    title: 'structs that are equal find each other as keys of interfaces',
    leaky: `type bindings map[any]func(int)

func TestBindings(t *testing.T) {
	ch := make(chan int, 1)
	b := bindings{'a': func(n int) { ch <- n }}
	if fn, ok := b['b']; ok {
		fn(1)
	}
	if got := <-ch; got != 1 { // leak: receive-without-sender
		t.Error(got)
	}
}
`,
    fixed: `type event interface{ isEvent() }

type key struct{ r rune }

func (key) isEvent() {}

type bindings map[event]func(int)

func TestBindings(t *testing.T) {
	ch := make(chan int, 1)
	b := bindings{key{'a'}: func(n int) { ch <- n }}
	if fn, ok := b[key{'a'}]; ok {
		fn(1)
	}
	if got := <-ch; got != 1 {
		t.Error(got)
	}
}
`,
  },
  {
    title: 'how much a channel holds says how often something is sent',
    leaky: `func TestResults(t *testing.T) {
	results := make(chan int, 3)
	go func(n int) {
		for i := 0; i < n; i++ {
			results <- i
		}
	}(cap(results) - 3)
	if r := <-results; r > 0 { // leak: receive-without-sender
		t.Log(r)
	}
}
`,
    fixed: `func TestResults(t *testing.T) {
	results := make(chan int, 3)
	go func(n int) {
		for i := 0; i < n; i++ {
			results <- i
		}
	}(cap(results))
	if r := <-results; r > 0 {
		t.Log(r)
	}
}
`,
  },
  {
    title: 'what is printed is what it is looked up by',
    leaky: `func TestNames(t *testing.T) {
	down := map[string]bool{}
	slots := make(chan struct{}, 2)
	for i := 0; i < 4; i++ {
		down[fmt.Sprint("h", i)] = i%2 == 1
		down[fmt.Sprintf("%02d-%v%s", i, string(rune('a'+i)), "x")] = true
	}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func(name string, other string) {
			defer wg.Done()
			slots <- struct{}{} // leak: producer-outlives-consumer|abandoned-send|surplus-senders
			if down[name] && down[other] {
				return
			}
			<-slots
		}(fmt.Sprint("h", i), fmt.Sprintf("%02d-%cx", i, 'a'+i))
	}
	slots <- struct{}{} // leak: producer-outlives-consumer|abandoned-send|surplus-senders
	wg.Wait()
}
`,
    fixed: `func TestNames(t *testing.T) {
	down := map[string]bool{}
	slots := make(chan struct{}, 2)
	for i := 0; i < 4; i++ {
		down[fmt.Sprint("h", i)] = i%2 == 1
	}
	var wg sync.WaitGroup
	for i := 0; i < 4; i++ {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			if down[name] {
				return
			}
		}(fmt.Sprint("h", i))
	}
	wg.Wait()
}
`,
  },
  {
    title: 'errors that are joined are none where there are none',
    leaky: `func run(a, b error, done chan<- error) {
	if err := errors.Join(a, b); err != nil {
		done <- err
	}
}

func TestJoin(t *testing.T) {
	done := make(chan error)
	go run(nil, nil, done)
	t.Log(<-done) // leak: receive-without-sender
}
`,
    fixed: `func run(a, b error, done chan<- error) {
	if err := errors.Join(a, b); err != nil {
		done <- err
	}
}

func TestJoin(t *testing.T) {
	done := make(chan error)
	go run(nil, errors.New("late"), done)
	t.Log(<-done)
}
`,
  },
  {
    title: "what is only said of a result stands in nobody's way",
    leaky: `type move struct{ to string }

func count(moves map[string]int) int {
	n := 0
	for _, k := range moves {
		n += k * time.Now().Second()
	}
	return n
}

func TestMoves(t *testing.T) {
	ch := make(chan move)
	go func() { ch <- move{"b"} }() // leak: abandoned-send
	if n := count(map[string]int{"a": 1}); n != 1 {
		t.Logf("%d moved", n)
	}
	for i := 0; i < time.Now().Second(); i++ {
		t.Log(i)
	}
}
`,
    fixed: `type move struct{ to string }

func count(moves map[string]int) int {
	n := 0
	for _, k := range moves {
		n += k * time.Now().Second()
	}
	return n
}

func TestMoves(t *testing.T) {
	ch := make(chan move)
	go func() { ch <- move{"b"} }()
	if n := count(map[string]int{"a": 1}); n != 1 {
		t.Logf("%d moved", n)
	}
	<-ch
}
`,
  },
  {
    title: 'many requests, one after the other',
    leaky: `type request struct {
	n     int
	reply chan int
}

func serve(requests <-chan *request) {
	for r := range requests {
		if r.n == 7 {
			continue
		}
		r.reply <- r.n
	}
}

func TestRequests(t *testing.T) {
	requests := make(chan *request)
	go serve(requests)
	defer close(requests)
	for n := range 9 {
		r := &request{n: n, reply: make(chan int, 1)}
		requests <- r
		t.Log(<-r.reply) // leak: receive-without-sender
	}
}
`,
    fixed: `type request struct {
	n     int
	reply chan int
}

func serve(requests <-chan *request) {
	for r := range requests {
		r.reply <- r.n
	}
}

func TestRequests(t *testing.T) {
	requests := make(chan *request)
	go serve(requests)
	defer close(requests)
	for n := range 9 {
		r := &request{n: n, reply: make(chan int, 1)}
		requests <- r
		t.Log(<-r.reply)
	}
}
`,
  },
  {
    title: 'what can happen in the first turn of long loops',
    leaky: `type site struct {
	mu    sync.Mutex
	other *site
	n     int
}

func (s *site) visit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	s.other.touch()
}

func (s *site) touch() {
	s.mu.Lock() // leak: lock-order
	s.n++
	s.mu.Unlock()
}

func TestVisits(t *testing.T) {
	a, b := &site{}, &site{}
	a.other, b.other = b, a
	var wg sync.WaitGroup
	for _, s := range []*site{a, b} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 200; i++ {
				s.visit()
			}
		}()
	}
	wg.Wait()
}
`,
    fixed: `type site struct {
	mu    sync.Mutex
	other *site
	n     int
}

func (s *site) visit() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
	s.other.touch()
}

func (s *site) touch() {
	s.mu.Lock()
	s.n++
	s.mu.Unlock()
}

func TestVisits(t *testing.T) {
	a, b := &site{}, &site{}
	a.other, b.other = b, a
	var wg sync.WaitGroup
	for _, s := range []*site{a, b} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 200; i++ {
				s.visit()
			}
		}()
	}
	wg.Wait()
}
`,
  },
  {
    title: 'a cancel function that goes with what nobody keeps',
    leaky: `type session struct {
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *session) watch(ctx context.Context) {
	defer close(s.done)
	<-ctx.Done() // leak: receive-without-sender
}

func (s *session) close() {
	s.cancel()
	<-s.done
}

func open(ctx context.Context, taken map[string]bool, key string) (*session, error) {
	ctx, cancel := context.WithCancel(ctx)
	s := &session{cancel: cancel, done: make(chan struct{})}
	go s.watch(ctx)
	if taken[key] {
		return nil, errors.New("taken")
	}
	taken[key] = true
	return s, nil
}

func TestSessions(t *testing.T) {
	taken := map[string]bool{}
	for _, key := range []string{"a", "b", "a"} {
		s, err := open(context.Background(), taken, key)
		if err != nil {
			t.Log(err)
			continue
		}
		defer s.close()
	}
}
`,
    fixed: `type session struct {
	cancel context.CancelFunc
	done   chan struct{}
}

func (s *session) watch(ctx context.Context) {
	defer close(s.done)
	<-ctx.Done()
}

func (s *session) close() {
	s.cancel()
	<-s.done
}

func open(ctx context.Context, taken map[string]bool, key string) (*session, error) {
	ctx, cancel := context.WithCancel(ctx)
	s := &session{cancel: cancel, done: make(chan struct{})}
	go s.watch(ctx)
	if taken[key] {
		s.close()
		return nil, errors.New("taken")
	}
	taken[key] = true
	return s, nil
}

func TestSessions(t *testing.T) {
	taken := map[string]bool{}
	for _, key := range []string{"a", "b", "a"} {
		s, err := open(context.Background(), taken, key)
		if err != nil {
			t.Log(err)
			continue
		}
		defer s.close()
	}
}
`,
  },
];
