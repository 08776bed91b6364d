/**
 * Tests, which are there as a whole: what they do is computed, not guessed. A line that ends in `// leak: RULE` is one where
 * the model has to find that. Of each pair the second is the first, repaired.
 */

export interface Pair {
  title: string;
  leaky: string;
  fixed: string;
}

export const WHOLE_PROGRAMS: Pair[] = [
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
    title: 'a lock is held by a function that panics and recovers',
    leaky: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock() // leak: missing-unlock|double-lock
	out = r.routes[path]()
	r.mu.Unlock()
	return out, nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
    fixed: `type router struct {
	mu     sync.Mutex
	routes map[string]func() string
}

func (r *router) serve(path string) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("panic")
		}
	}()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.routes[path](), nil
}

func TestServe(t *testing.T) {
	r := &router{routes: map[string]func() string{"/": func() string { return "home" }}}
	if _, err := r.serve("/none"); err == nil {
		t.Fatal("want an error")
	}
	go r.serve("/")
}
`,
  },
  {
    title: 'a clock that a test sets by hand says which timers fire',
    leaky: `type clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter
}

type waiter struct {
	at time.Time
	ch chan time.Time
}

func (c *clock) after(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &waiter{at: c.now.Add(d), ch: make(chan time.Time)}
	c.waiters = append(c.waiters, w)
	return w.ch
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, w := range c.waiters {
		if !w.at.After(c.now) {
			w.ch <- c.now // leak: abandoned-send
		}
	}
}

func TestAdvance(t *testing.T) {
	c := &clock{now: time.Unix(0, 0)}
	c.after(time.Minute)
	c.advance(time.Second)
	c.after(time.Second)
	c.advance(5 * time.Second)
}
`,
    fixed: `type clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter
}

type waiter struct {
	at time.Time
	ch chan time.Time
}

func (c *clock) after(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &waiter{at: c.now.Add(d), ch: make(chan time.Time, 1)}
	c.waiters = append(c.waiters, w)
	return w.ch
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for _, w := range c.waiters {
		if !w.at.After(c.now) {
			w.ch <- c.now
		}
	}
}

func TestAdvance(t *testing.T) {
	c := &clock{now: time.Unix(0, 0)}
	c.after(time.Minute)
	c.advance(time.Second)
	c.after(time.Second)
	c.advance(5 * time.Second)
}
`,
  },
  {
    title: 'the real clock may show anything',
    leaky: `type keeper struct {
	mu     sync.Mutex
	tokens map[string]time.Time
	stop   chan chan struct{}
}

func (k *keeper) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ends := time.Now().Add(time.Minute)
	for {
		select {
		case <-tick.C:
			if time.Now().After(ends) {
				k.drop("old")
			}
		case done := <-k.stop:
			close(done)
			return
		}
	}
}

func (k *keeper) drop(name string) {
	k.mu.Lock()
	delete(k.tokens, name)
	k.mu.Unlock()
}

func (k *keeper) close() {
	k.mu.Lock()
	done := make(chan struct{})
	k.stop <- done // leak: blocking-under-lock
	<-done
	k.mu.Unlock()
}

func TestKeeper(t *testing.T) {
	k := &keeper{tokens: map[string]time.Time{}, stop: make(chan chan struct{})}
	go k.run()
	k.close()
}
`,
    fixed: `type keeper struct {
	mu     sync.Mutex
	tokens map[string]time.Time
	stop   chan chan struct{}
}

func (k *keeper) run() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	ends := time.Now().Add(time.Minute)
	for {
		select {
		case <-tick.C:
			if time.Now().After(ends) {
				k.drop("old")
			}
		case done := <-k.stop:
			close(done)
			return
		}
	}
}

func (k *keeper) drop(name string) {
	k.mu.Lock()
	delete(k.tokens, name)
	k.mu.Unlock()
}

func (k *keeper) close() {
	k.mu.Lock()
	k.mu.Unlock()
	done := make(chan struct{})
	k.stop <- done
	<-done
}

func TestKeeper(t *testing.T) {
	k := &keeper{tokens: map[string]time.Time{}, stop: make(chan chan struct{})}
	go k.run()
	k.close()
}
`,
  },
  {
    title: 'calls of the standard library are taken to succeed',
    leaky: `func workers(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, err
	}
	return n, nil
}

func run(s string) error {
	results := make(chan int)
	if _, err := workers(s); err != nil {
		return err
	}
	for range 2 {
		go func() { results <- 1 }() // leak: surplus-senders
	}
	<-results
	return nil
}

func TestRun(t *testing.T) {
	if err := run("2"); err != nil {
		t.Fatal(err)
	}
}
`,
    fixed: `func workers(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, err
	}
	return n, nil
}

func run(s string) error {
	results := make(chan int, 2)
	if _, err := workers(s); err != nil {
		return err
	}
	for range 2 {
		go func() { results <- 1 }()
	}
	<-results
	return nil
}

func TestRun(t *testing.T) {
	if err := run("2"); err != nil {
		t.Fatal(err)
	}
}
`,
  },
  {
    title: 'a flag is set between its test and the wait',
    leaky: `type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed int32
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for atomic.LoadInt32(&q.closed) == 0 {
		q.cond.Wait() // leak: cond-wait
	}
}

func (q *queue) close() {
	atomic.StoreInt32(&q.closed, 1)
	q.cond.Broadcast()
}

func TestQueue(t *testing.T) {
	q := newQueue()
	go q.wait()
	q.close()
}
`,
    fixed: `type queue struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed int32
}

func newQueue() *queue {
	q := &queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for atomic.LoadInt32(&q.closed) == 0 {
		q.cond.Wait()
	}
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	atomic.StoreInt32(&q.closed, 1)
	q.cond.Broadcast()
}

func TestQueue(t *testing.T) {
	q := newQueue()
	go q.wait()
	q.close()
}
`,
  },
  {
    title: 'a lock is wanted by what fmt writes to',
    leaky: `type logger struct {
	mu    sync.Mutex
	bytes int
}

func (l *logger) Write(p []byte) (int, error) {
	l.mu.Lock() // leak: double-lock
	defer l.mu.Unlock()
	l.bytes += len(p)
	return len(p), nil
}

func (l *logger) rotate() {
	l.mu.Lock()
	n := l.bytes
	l.bytes = 0
	fmt.Fprintf(l, "rotated after %d bytes\\n", n)
	l.mu.Unlock()
}

func TestRotate(t *testing.T) {
	l := &logger{}
	go l.rotate()
}
`,
    fixed: `type logger struct {
	mu    sync.Mutex
	bytes int
}

func (l *logger) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes += len(p)
	return len(p), nil
}

func (l *logger) rotate() {
	l.mu.Lock()
	n := l.bytes
	l.bytes = 0
	l.mu.Unlock()
	fmt.Fprintf(l, "rotated after %d bytes\\n", n)
}

func TestRotate(t *testing.T) {
	l := &logger{}
	go l.rotate()
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
    title: 'a loop that a timer wakes comes to its end',
    leaky: `type monitor struct {
	stop    chan struct{}
	results chan int
	runs    int
}

func (m *monitor) loop() {
	for {
		select {
		case <-m.stop:
			return
		case <-time.After(time.Second):
			m.runs++
			n := m.runs
			go func() { m.results <- n }() // leak: surplus-senders|abandoned-send
			select {
			case <-m.stop:
				return
			case <-m.results:
			}
		}
	}
}

func TestMonitor(t *testing.T) {
	m := &monitor{stop: make(chan struct{}), results: make(chan int)}
	go m.loop()
	time.Sleep(time.Second)
	close(m.stop)
}
`,
    fixed: `type monitor struct {
	stop    chan struct{}
	results chan int
	runs    int
}

func (m *monitor) loop() {
	for {
		select {
		case <-m.stop:
			return
		case <-time.After(time.Second):
			m.runs++
			n := m.runs
			go func() { m.results <- n }()
			select {
			case <-m.stop:
				<-m.results
				return
			case <-m.results:
			}
		}
	}
}

func TestMonitor(t *testing.T) {
	m := &monitor{stop: make(chan struct{}), results: make(chan int)}
	go m.loop()
	time.Sleep(time.Second)
	close(m.stop)
}
`,
  },
  {
    title: 'a flag is asked for again and again',
    leaky: `func TestFlag(t *testing.T) {
	var started atomic.Bool
	ch := make(chan int)
	go func() {
		started.Store(true)
		ch <- 1 // leak: abandoned-send
	}()
	for !started.Load() {
		time.Sleep(time.Millisecond)
	}
}
`,
    fixed: `func TestFlag(t *testing.T) {
	var started atomic.Bool
	ch := make(chan int, 1)
	go func() {
		started.Store(true)
		ch <- 1
	}()
	for !started.Load() {
		time.Sleep(time.Millisecond)
	}
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
    title: 'an index that is out of range skips an unlock, and the panic is stopped',
    leaky: `type store struct {
	mu   sync.Mutex
	rows map[string][]int
}

func (s *store) first(key string) int {
	s.mu.Lock() // leak: double-lock
	n := s.rows[key][0]
	s.mu.Unlock()
	return n
}

func (s *store) handle(key string) {
	defer func() { _ = recover() }()
	s.first(key)
}

func TestFirst(t *testing.T) {
	s := &store{rows: map[string][]int{"a": {1}}}
	s.handle("b")
	s.handle("a")
}
`,
    fixed: `type store struct {
	mu   sync.Mutex
	rows map[string][]int
}

func (s *store) first(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[key][0]
}

func (s *store) handle(key string) {
	defer func() { _ = recover() }()
	s.first(key)
}

func TestFirst(t *testing.T) {
	s := &store{rows: map[string][]int{"a": {1}}}
	s.handle("b")
	s.handle("a")
}
`,
  },
  {
    title: 'a write to a nil map skips a send, and the panic is stopped',
    leaky: `type counter struct{ seen map[string]int }

func (c *counter) add(name string, done chan<- struct{}) {
	defer func() { _ = recover() }()
	c.seen[name]++
	done <- struct{}{}
}

func TestAdd(t *testing.T) {
	c := &counter{}
	done := make(chan struct{})
	go c.add("a", done)
	<-done // leak: receive-without-sender
}
`,
    fixed: `type counter struct{ seen map[string]int }

func (c *counter) add(name string, done chan<- struct{}) {
	defer func() { _ = recover() }()
	c.seen[name]++
	done <- struct{}{}
}

func TestAdd(t *testing.T) {
	c := &counter{seen: map[string]int{}}
	done := make(chan struct{})
	go c.add("a", done)
	<-done
}
`,
  },
  {
    title: 'a number that cannot be read',
    leaky: `func load(text string, out chan<- int, failed chan<- error) {
	for _, field := range strings.Split(text, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			failed <- err // leak: abandoned-send
			return
		}
		out <- n
	}
	close(out)
}

func TestLoad(t *testing.T) {
	out, failed := make(chan int), make(chan error)
	go load("1,x", out, failed)
	if <-out != 1 {
		t.Fatal("want 1")
	}
}
`,
    fixed: `func load(text string, out chan<- int, failed chan<- error) {
	for _, field := range strings.Split(text, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			failed <- err
			return
		}
		out <- n
	}
	close(out)
}

func TestLoad(t *testing.T) {
	out, failed := make(chan int), make(chan error, 1)
	go load("1,x", out, failed)
	if <-out != 1 {
		t.Fatal("want 1")
	}
}
`,
  },
  {
    title: 'a pipe whose reader gives up is closed, or not',
    leaky: `func consume(r io.Reader, limit int) error {
	buf := make([]byte, 4)
	for range limit {
		if _, err := r.Read(buf); err != nil {
			return err
		}
	}
	return errors.New("too much")
}

func TestConsume(t *testing.T) {
	pr, pw := io.Pipe()
	done := make(chan error, 1)
	go func() {
		for range 3 {
			if _, err := pw.Write([]byte("data")); err != nil { // leak: producer-outlives-consumer
				done <- err
				return
			}
		}
		done <- pw.Close()
	}()
	if consume(pr, 1) == nil {
		t.Fatal("want an error")
	}
	<-done
}
`,
    fixed: `func consume(r io.Reader, limit int) error {
	buf := make([]byte, 4)
	for range limit {
		if _, err := r.Read(buf); err != nil {
			return err
		}
	}
	return errors.New("too much")
}

func TestConsume(t *testing.T) {
	pr, pw := io.Pipe()
	done := make(chan error, 1)
	go func() {
		for range 3 {
			if _, err := pw.Write([]byte("data")); err != nil {
				done <- err
				return
			}
		}
		done <- pw.Close()
	}()
	if consume(pr, 1) == nil {
		t.Fatal("want an error")
	}
	pr.Close()
	<-done
}
`,
  },
  {
    title: 'the second line of a known text is one that ends the reader',
    leaky: `func parse(text string, out chan<- string) error {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			return errors.New("a comment")
		}
		out <- line
	}
	close(out)
	return lines.Err()
}

func TestParse(t *testing.T) {
	out := make(chan string)
	go func() { _ = parse("a\\n# b\\nc\\n", out) }()
	for range out { // leak: close-skipped
	}
}
`,
    fixed: `func parse(text string, out chan<- string) error {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "#") {
			close(out)
			return errors.New("a comment")
		}
		out <- line
	}
	close(out)
	return lines.Err()
}

func TestParse(t *testing.T) {
	out := make(chan string)
	go func() { _ = parse("a\\n# b\\nc\\n", out) }()
	for range out {
	}
}
`,
  },
  {
    title: 'the first line of a known text is received',
    leaky: `func first(r io.Reader) string {
	lines := bufio.NewScanner(r)
	lines.Scan()
	return lines.Text()
}

func TestFirst(t *testing.T) {
	text := strings.NewReader("a\\nb\\n")
	ch := make(chan string)
	go func() { ch <- first(text) }()
	if <-ch == "a" {
		<-ch // leak: receive-without-sender
	}
}
`,
    fixed: `func first(r io.Reader) string {
	lines := bufio.NewScanner(r)
	lines.Scan()
	return lines.Text()
}

func TestFirst(t *testing.T) {
	text := strings.NewReader("a\\nb\\n")
	ch := make(chan string)
	go func() { ch <- first(text) }()
	if <-ch == "a" {
		go close(ch)
		<-ch
	}
}
`,
  },
];
