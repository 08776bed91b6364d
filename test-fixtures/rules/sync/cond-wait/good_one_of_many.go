package condwait

import (
	"sync"
	"time"
)

// Numbers are called one after the other, in the order in which they have been drawn.
type counter struct {
	mu      sync.Mutex
	called  *sync.Cond
	drawn   int
	serving int
}

func newCounter() *counter {
	c := &counter{}
	c.called = sync.NewCond(&c.mu)
	return c
}

func (c *counter) Enter() {
	c.mu.Lock()
	defer c.mu.Unlock()
	mine := c.drawn
	c.drawn++
	for c.serving != mine {
		c.called.Wait()
	}
}

func (c *counter) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.serving++
	c.called.Signal()
}

// One reader: nothing tells of another one.
type strip struct {
	mu      sync.Mutex
	printed *sync.Cond
	length  int
	torn    bool
}

func newStrip() *strip {
	s := &strip{}
	s.printed = sync.NewCond(&s.mu)
	return s
}

func (s *strip) Print(length int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.length = length
	s.printed.Signal()
}

func (s *strip) Tear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.torn = true
	s.printed.Signal()
}

func (s *strip) Read(length int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.length < length && !s.torn {
		s.printed.Wait()
	}
	return !s.torn
}

// Whoever is woken wakes the next one.
type chain struct {
	mu   sync.Mutex
	pull *sync.Cond
	link int
	last int
}

func newChain() *chain {
	c := &chain{}
	c.pull = sync.NewCond(&c.mu)
	return c
}

func (c *chain) Hang() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	mine := c.last
	for c.link < mine {
		c.pull.Wait()
	}
	c.pull.Signal()
}

func (c *chain) Pull(link int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link = link
	c.pull.Signal()
}

// A flag that the one who is woken takes.
type stall struct {
	mu   sync.Mutex
	free *sync.Cond
	busy bool
}

func newStall() *stall {
	s := &stall{}
	s.free = sync.NewCond(&s.mu)
	return s
}

func (s *stall) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.busy {
		s.free.Wait()
	}
	s.busy = true
}

func (s *stall) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy = false
	s.free.Signal()
}

// A flag that each worker has for himself.
type bench struct {
	mu   sync.Mutex
	free *sync.Cond
	over bool
}

func newBench() *bench {
	b := &bench{}
	b.free = sync.NewCond(&b.mu)
	return b
}

func (b *bench) rest() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for !b.over {
		b.free.Wait()
	}
}

func (b *bench) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.free.Signal()
}

func RunStalls(count int) {
	one := newStall()
	for range count {
		go func() {
			one.take()
			defer one.leave()
		}()
	}
	own := make([]*bench, 0, count)
	for range count {
		b := newBench()
		own = append(own, b)
		go b.rest()
	}
	for _, b := range own {
		b.end()
	}
}

// From time to time somebody is woken in any case.
type chime struct {
	mu    sync.Mutex
	rung  *sync.Cond
	hour  int
	drawn int
	tick  *time.Ticker
}

func newChime() *chime {
	b := &chime{tick: time.NewTicker(time.Second)}
	b.rung = sync.NewCond(&b.mu)
	go b.ring()
	return b
}

func (b *chime) ring() {
	for now := range b.tick.C {
		b.mu.Lock()
		b.hour = now.Hour()
		b.mu.Unlock()
		b.rung.Signal()
	}
}

func (b *chime) Hear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drawn++
	mine := b.drawn
	for b.hour < mine {
		b.rung.Wait()
	}
}

// Once for each who waits.
type row struct {
	mu      sync.Mutex
	moved   *sync.Cond
	at      int
	waiting int
}

func newRow() *row {
	r := &row{}
	r.moved = sync.NewCond(&r.mu)
	return r
}

func (r *row) Await(at int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.waiting++
	for r.at < at {
		r.moved.Wait()
	}
	r.waiting--
}

func (r *row) Move(at int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = at
	for range r.waiting {
		r.moved.Signal()
	}
}
