// Package arms has cases that cannot come while a lock is held.
package arms

import (
	"context"
	"sync"
	"time"
)

type Hub struct {
	mu   sync.Mutex
	subs map[*Sub]struct{}
}

type Sub struct {
	hub   *Hub
	C     <-chan int
	items chan int
	gone  chan struct{}
	once  sync.Once
}

func (h *Hub) Subscribe() *Sub {
	items := make(chan int, 4)
	s := &Sub{hub: h, C: items, items: items, gone: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs[s] = struct{}{}
	return s
}

func (h *Hub) Publish(v int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for s := range h.subs {
		select { // want "blocking-under-lock: this `select` waits with `h.mu` held, and who closes `s.gone` takes that lock first \\(line 48\\): the case cannot come while it waits"
		case s.items <- v:
		case <-s.gone:
		}
	}
}

func (s *Sub) Cancel() {
	s.once.Do(func() {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		delete(s.hub.subs, s)
		close(s.gone)
	})
}

// Of readers and a writer the writer waits.
type Table struct {
	mu   sync.RWMutex
	asks chan int
	quit chan struct{}
}

func NewTable() *Table { return &Table{asks: make(chan int), quit: make(chan struct{})} }

func (t *Table) Asks() <-chan int { return t.asks }

func (t *Table) Ask(n int) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	select { // want "who closes `t.quit` takes that lock first"
	case t.asks <- n:
		return true
	case <-t.quit:
		return false
	}
}

func (t *Table) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.quit)
}

// Closed before the lock is taken.
type Early struct {
	mu    sync.Mutex
	items chan int
	gone  chan struct{}
}

func NewEarly() *Early { return &Early{items: make(chan int), gone: make(chan struct{})} }

func (e *Early) Items() <-chan int { return e.items }

func (e *Early) Put(v int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	select {
	case e.items <- v:
	case <-e.gone:
	}
}

func (e *Early) Close() {
	close(e.gone)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.items = nil
}

// The lock is let go of first.
type Later struct {
	mu    sync.Mutex
	n     int
	items chan int
	gone  chan struct{}
}

func NewLater() *Later { return &Later{items: make(chan int), gone: make(chan struct{})} }

func (l *Later) Items() <-chan int { return l.items }

func (l *Later) Put(v int) {
	l.mu.Lock()
	l.n++
	l.mu.Unlock()
	select {
	case l.items <- v:
	case <-l.gone:
	}
}

func (l *Later) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.gone)
}

// A context may end the wait. What time ends, or another who closes, is fine.
func (t *Table) AskFor(ctx context.Context, n int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	select { // want hint "who closes `t.quit` takes that lock first"
	case t.asks <- n:
	case <-t.quit:
	case <-ctx.Done():
	}
	select {
	case t.asks <- n:
	case <-t.quit:
	case <-time.After(time.Second):
	}
	select {
	case t.asks <- n:
	case <-t.quit:
	default:
	}
}

type Twice struct {
	mu    sync.Mutex
	items chan int
	gone  chan struct{}
}

func NewTwice() *Twice { return &Twice{items: make(chan int), gone: make(chan struct{})} }

func (t *Twice) Items() <-chan int { return t.items }

func (t *Twice) Put(v int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case t.items <- v:
	case <-t.gone:
	}
}

func (t *Twice) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.gone)
}

func (t *Twice) Abort() { close(t.gone) }

// Another lock, and two readers.
type Two struct {
	mu, other sync.RWMutex
	items     chan int
	gone, cut chan struct{}
}

func NewTwo() *Two {
	return &Two{items: make(chan int), gone: make(chan struct{}), cut: make(chan struct{})}
}

func (t *Two) Items() <-chan int { return t.items }

func (t *Two) Put(v int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	select {
	case t.items <- v:
	case <-t.gone:
	case <-t.cut:
	}
}

func (t *Two) Close() {
	t.other.Lock()
	defer t.other.Unlock()
	close(t.gone)
}

func (t *Two) Cut() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	close(t.cut)
}

// Who is there to receive may do so in time.
type Drained struct {
	mu    sync.Mutex
	items chan int
	gone  chan struct{}
}

func NewDrained() *Drained {
	d := &Drained{items: make(chan int), gone: make(chan struct{})}
	go func() {
		for range d.items {
		}
	}()
	return d
}

func (d *Drained) Put(v int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	select { // want hint "who closes `d.gone` takes that lock first"
	case d.items <- v:
	case <-d.gone:
	}
}

func (d *Drained) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.items)
	close(d.gone)
}
