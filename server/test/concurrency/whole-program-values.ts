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
    title: 'a loop sets a field of its own copy of an element',
    leaky: `type pump struct {
	name string
	off  chan struct{}
}

func (p pump) run() {
	<-p.off // leak: close-skipped
}

func TestPumps(t *testing.T) {
	pumps := []pump{{name: "a"}, {name: "b"}}
	for _, p := range pumps {
		p.off = make(chan struct{})
		go p.run()
	}
	for _, p := range pumps {
		if p.off != nil {
			close(p.off)
		}
	}
}
`,
    fixed: `type pump struct {
	name string
	off  chan struct{}
}

func (p pump) run() {
	<-p.off
}

func TestPumps(t *testing.T) {
	pumps := []pump{{name: "a"}, {name: "b"}}
	for i := range pumps {
		pumps[i].off = make(chan struct{})
		go pumps[i].run()
	}
	for _, p := range pumps {
		if p.off != nil {
			close(p.off)
		}
	}
}
`,
  },
  {
    title: 'what is left of the keys of a map, which are structs',
    leaky: `type berth struct{ pier, name string }

type harbour struct {
	mu    sync.Mutex
	ships map[berth]int
	names map[string]bool
}

func (h *harbour) leave(name string) {
	if !h.names[name] {
		return
	}
	h.mu.Lock() // leak: double-lock
	delete(h.names, name)
	h.mu.Unlock()
}

func (h *harbour) clear() {
	h.mu.Lock()
	names := make([]string, 0, len(h.ships))
	for b := range h.ships {
		names = append(names, b.name)
	}
	for _, name := range names {
		h.leave(name)
	}
	h.mu.Unlock()
}

func TestHarbour(t *testing.T) {
	h := &harbour{ships: map[berth]int{{pier: "north", name: "Ada"}: 3}, names: map[string]bool{"Ada": true}}
	h.clear()
}
`,
    fixed: `type berth struct{ pier, name string }

type harbour struct {
	mu    sync.Mutex
	ships map[berth]int
	names map[string]bool
}

func (h *harbour) leave(name string) {
	if !h.names[name] {
		return
	}
	h.mu.Lock()
	delete(h.names, name)
	h.mu.Unlock()
}

func (h *harbour) clear() {
	h.mu.Lock()
	names := make([]string, 0, len(h.ships))
	for b := range h.ships {
		names = append(names, b.name)
	}
	h.mu.Unlock()
	for _, name := range names {
		h.leave(name)
	}
}

func TestHarbour(t *testing.T) {
	h := &harbour{ships: map[berth]int{{pier: "north", name: "Ada"}: 3}, names: map[string]bool{"Ada": true}}
	h.clear()
}
`,
  },
];
