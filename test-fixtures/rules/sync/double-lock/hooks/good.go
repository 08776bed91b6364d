package hooks

import "sync"

// The hooks run when the lock is free.
type store struct {
	mu     sync.RWMutex
	values map[string]int
	hooks  []func(string)
}

func (s *store) Get(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.values[name]
}

func (s *store) OnSet(f func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, f)
}

func (s *store) Set(name string, value int) {
	s.mu.Lock()
	s.values[name] = value
	hooks := append([]func(string){}, s.hooks...)
	s.mu.Unlock()
	for _, f := range hooks {
		f(name)
	}
}

type reader struct {
	from *store
	last int
}

func newReader(from *store) *reader {
	r := &reader{from: from}
	from.OnSet(r.update)
	return r
}

func (r *reader) update(name string) { r.last = r.from.Get(name) }

// The hook asks another value than the one that calls it.
type pump struct {
	mu    sync.Mutex
	runs  bool
	onRun func()
}

func (p *pump) OnRun(f func()) { p.onRun = f }

func (p *pump) Runs() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.runs
}

func (p *pump) Run() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.runs = true
	if p.onRun != nil {
		p.onRun()
	}
}

type gauge struct {
	of *pump
	up bool
}

func newGauge(of, other *pump) *gauge {
	g := &gauge{of: other}
	of.OnRun(g.read)
	return g
}

func (g *gauge) read() { g.up = g.of.Runs() }

// The hook is called on a goroutine of its own.
type alarm struct {
	mu     sync.Mutex
	level  int
	onRing func()
}

func (a *alarm) OnRing(f func()) { a.onRing = f }

func (a *alarm) Level() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.level
}

func (a *alarm) Ring() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.level++
	go a.onRing()
}

func watch(a *alarm) {
	a.OnRing(func() { a.Level() })
}

// The hook takes the lock only where it is not called from there.
type cache struct {
	mu      sync.Mutex
	size    int
	onEvict func(held bool)
}

func (c *cache) OnEvict(f func(bool)) { c.onEvict = f }

func (c *cache) Size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}

func (c *cache) Evict() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.size--
	c.onEvict(true)
}

func follow(c *cache) {
	c.OnEvict(func(held bool) {
		if held {
			return
		}
		c.Size()
	})
}

// The hook starts what takes the lock.
type queue struct {
	mu     sync.Mutex
	n      int
	onFull func()
}

func (q *queue) OnFull(f func()) { q.onFull = f }

func (q *queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.n
}

func (q *queue) Put() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n++; q.n > 10 {
		q.onFull()
	}
}

func report(q *queue, out chan<- int) {
	q.OnFull(func() {
		go func() { out <- q.Len() }()
	})
}

// Both only read.
type table struct {
	mu     sync.RWMutex
	rows   []string
	onRead func()
}

func (t *table) OnRead(f func()) { t.onRead = f }

func (t *table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *table) Row(i int) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.onRead()
	return t.rows[i]
}

func trace(t *table) {
	t.OnRead(func() { t.Len() })
}
