/** Pairs of tests in which it matters what a value is: settings, keys, values in interfaces, elements. */
import type { Pair } from './whole-program-shapes.ts';

export const PROGRAMS_OF_VALUES: Pair[] = [
  {
    title: 'a setting that a constructor fills in says how many there may be',
    leaky: `type options struct{ size int }

type pool struct {
	opts  options
	slots chan struct{}
	made  int
}

func newPool(opts options) *pool {
	if opts.size == 0 {
		opts.size = 1
	}
	return &pool{opts: opts, slots: make(chan struct{}, opts.size)}
}

func (p *pool) get() (int, error) {
	p.slots <- struct{}{} // leak: abandoned-send
	p.made++
	if p.made%2 == 1 {
		return 0, errors.New("bad connection")
	}
	return p.made, nil
}

func (p *pool) put() { <-p.slots }

func TestPool(t *testing.T) {
	p := newPool(options{})
	if _, err := p.get(); err == nil {
		t.Fatal("want an error")
	}
	go func() {
		if _, err := p.get(); err == nil {
			p.put()
		}
	}()
}
`,
    fixed: `type options struct{ size int }

type pool struct {
	opts  options
	slots chan struct{}
	made  int
}

func newPool(opts options) *pool {
	if opts.size == 0 {
		opts.size = 1
	}
	return &pool{opts: opts, slots: make(chan struct{}, opts.size)}
}

func (p *pool) get() (int, error) {
	p.slots <- struct{}{}
	p.made++
	if p.made%2 == 1 {
		<-p.slots
		return 0, errors.New("bad connection")
	}
	return p.made, nil
}

func (p *pool) put() { <-p.slots }

func TestPool(t *testing.T) {
	p := newPool(options{})
	if _, err := p.get(); err == nil {
		t.Fatal("want an error")
	}
	go func() {
		if _, err := p.get(); err == nil {
			p.put()
		}
	}()
}
`,
  },
  {
    title: 'a channel and a function have methods and are used through an interface',
    leaky: `type sink interface{ write(n int) }

type chanSink chan<- int

func (c chanSink) write(n int) { c <- n } // leak: producer-outlives-consumer

type check interface{ allow(n int) bool }

type checkFunc func(n int) bool

func (f checkFunc) allow(n int) bool { return f(n) }

func copyAll(s sink, n int) {
	for i := range n {
		s.write(i)
	}
}

func TestCopy(t *testing.T) {
	ch := make(chan int)
	var c check = checkFunc(func(n int) bool { return n < 1 })
	go func() {
		for n := range ch {
			if !c.allow(n) {
				return
			}
		}
	}()
	copyAll(chanSink(ch), 3)
	close(ch)
}
`,
    fixed: `type sink interface{ write(n int) }

type chanSink chan<- int

func (c chanSink) write(n int) { c <- n }

type check interface{ allow(n int) bool }

type checkFunc func(n int) bool

func (f checkFunc) allow(n int) bool { return f(n) }

func copyAll(s sink, n int) {
	for i := range n {
		s.write(i)
	}
}

func TestCopy(t *testing.T) {
	ch := make(chan int)
	var c check = checkFunc(func(n int) bool { return n < 1 })
	go func() {
		for n := range ch {
			if !c.allow(n) {
				continue
			}
		}
	}()
	copyAll(chanSink(ch), 3)
	close(ch)
}
`,
  },
  {
    title: 'a value in an interface is a string',
    leaky: `type filter func(v any) bool

func publish(subs map[chan any]filter, v any) {
	var wg sync.WaitGroup
	for sub, f := range subs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if f(v) {
				sub <- v // leak: abandoned-send
			}
		}()
	}
	wg.Wait()
}

func TestPublish(t *testing.T) {
	subs := map[chan any]filter{
		make(chan any): func(v any) bool { _, ok := v.(string); return ok },
	}
	go publish(subs, "event")
}
`,
    fixed: `type filter func(v any) bool

func publish(subs map[chan any]filter, v any) {
	var wg sync.WaitGroup
	for sub, f := range subs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if f(v) {
				sub <- v
			}
		}()
	}
	wg.Wait()
}

func TestPublish(t *testing.T) {
	subs := map[chan any]filter{
		make(chan any): func(v any) bool { _, ok := v.(int); return ok },
	}
	go publish(subs, "event")
}
`,
  },
  {
    title: 'the elements of an array are locks',
    leaky: `type shards struct{ of [2]*sync.Mutex }

func newShards() *shards {
	s := &shards{}
	for i := range s.of {
		s.of[i] = &sync.Mutex{}
	}
	return s
}

func (s *shards) move(from, to int) {
	s.of[from].Lock()
	defer s.of[from].Unlock()
	s.of[to].Lock() // leak: lock-order
	defer s.of[to].Unlock()
}

func TestMove(t *testing.T) {
	s := newShards()
	go s.move(0, 1)
	s.move(1, 0)
}
`,
    fixed: `type shards struct{ of [2]*sync.Mutex }

func newShards() *shards {
	s := &shards{}
	for i := range s.of {
		s.of[i] = &sync.Mutex{}
	}
	return s
}

func (s *shards) move(from, to int) {
	if from > to {
		from, to = to, from
	}
	s.of[from].Lock()
	defer s.of[from].Unlock()
	s.of[to].Lock()
	defer s.of[to].Unlock()
}

func TestMove(t *testing.T) {
	s := newShards()
	go s.move(0, 1)
	s.move(1, 0)
}
`,
  },
  {
    title: 'a map has structs as keys',
    leaky: `type key struct {
	topic string
	part  int
}

type broker struct {
	topics map[key]chan int
}

func (b *broker) topic(name string, part int) chan int {
	k := key{name, part}
	ch, ok := b.topics[k]
	if !ok {
		ch = make(chan int)
		b.topics[k] = ch
	}
	return ch
}

func TestBroker(t *testing.T) {
	b := &broker{topics: map[key]chan int{}}
	ch := b.topic("orders", 0)
	go func() {
		for range ch { // leak: never-closed-range|close-skipped
		}
	}()
	b.topic("orders", 0) <- 1
	close(b.topic("orders", 1))
}
`,
    fixed: `type key struct {
	topic string
	part  int
}

type broker struct {
	topics map[key]chan int
}

func (b *broker) topic(name string, part int) chan int {
	k := key{name, part}
	ch, ok := b.topics[k]
	if !ok {
		ch = make(chan int)
		b.topics[k] = ch
	}
	return ch
}

func TestBroker(t *testing.T) {
	b := &broker{topics: map[key]chan int{}}
	ch := b.topic("orders", 0)
	go func() {
		for range ch {
		}
	}()
	b.topic("orders", 0) <- 1
	close(b.topic("orders", 0))
}
`,
  },
  {
    title: 'calls are nested deeply',
    leaky: `type lazy struct {
	once sync.Once
	init func() int
	val  int
}

func (l *lazy) get() int {
	l.once.Do(func() { l.val = l.init() }) // leak: once-recursion
	return l.val
}

func build() *lazy {
	var a, b *lazy
	a = &lazy{init: func() int { return b.get() + 1 }}
	b = &lazy{init: func() int { return a.get() + 1 }}
	return a
}

func TestBuild(t *testing.T) {
	go func() { build().get() }()
}
`,
    fixed: `type lazy struct {
	once sync.Once
	init func() int
	val  int
}

func (l *lazy) get() int {
	l.once.Do(func() { l.val = l.init() })
	return l.val
}

func build() *lazy {
	var a, b *lazy
	a = &lazy{init: func() int { return b.get() + 1 }}
	b = &lazy{init: func() int { return 1 }}
	return a
}

func TestBuild(t *testing.T) {
	go func() { build().get() }()
}
`,
  },
  {
    title: 'a text that is put together is a key',
    leaky: `type registry struct{ waiting map[string]chan int }

func (r *registry) wait(id int) chan int {
	ch := make(chan int)
	r.waiting[fmt.Sprintf("req-%d", id)] = ch
	return ch
}

func (r *registry) answer(id int) {
	ch, ok := r.waiting[fmt.Sprintf("req-%d", id)]
	if !ok {
		return
	}
	ch <- 1
}

func TestAnswer(t *testing.T) {
	r := &registry{waiting: map[string]chan int{}}
	ch := r.wait(7)
	go func() {
		<-ch // leak: receive-without-sender
	}()
	r.answer(8)
}
`,
    fixed: `type registry struct{ waiting map[string]chan int }

func (r *registry) wait(id int) chan int {
	ch := make(chan int)
	r.waiting[fmt.Sprintf("req-%d", id)] = ch
	return ch
}

func (r *registry) answer(id int) {
	ch, ok := r.waiting[fmt.Sprintf("req-%d", id)]
	if !ok {
		return
	}
	ch <- 1
}

func TestAnswer(t *testing.T) {
	r := &registry{waiting: map[string]chan int{}}
	ch := r.wait(7)
	go func() {
		<-ch
	}()
	r.answer(7)
}
`,
  },
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
