package missingunlock

import (
	"log"
	"os"
	"sync"
	"testing"
)

func (s *store) get(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0
	}
	return s.items[key]
}

// The lock is held for the caller.
func (s *store) acquire() map[string]int {
	s.mu.Lock()
	return s.items
}

// guard is handed over on success only.
type guard struct {
	mu   sync.Mutex
	dead bool
}

func (g *guard) enter() bool {
	g.mu.Lock()
	if g.dead {
		g.mu.Unlock()
		return false
	}
	return true
}

func (g *guard) leave() {
	g.mu.Unlock()
}

// The helper unlocks.
type queue struct {
	lock  sync.Mutex
	items []int
}

func (q *queue) pop() (int, bool) {
	q.lock.Lock()
	if len(q.items) == 0 {
		return q.unlockWith(0), false
	}
	item := q.items[0]
	q.items = q.items[1:]
	q.lock.Unlock()
	return item, true
}

func (q *queue) unlockWith(n int) int {
	defer q.lock.Unlock()
	return n
}

// The value that holds the lock is returned locked.
type page struct {
	latch sync.RWMutex
	id    int
}

func pin(pages map[int]*page, id int) *page {
	p := pages[id]
	p.latch.RLock()
	if p.id != id {
		p.latch.RUnlock()
		return nil
	}
	return p
}

func (s *store) maybeLocked(key string, locked bool) int {
	if !locked {
		s.mu.Lock()
	}
	n := s.items[key]
	if !locked {
		s.mu.Unlock()
	}
	return n
}

func (s *store) untilFound(keys []string) {
	held := false
	for _, key := range keys {
		if !held {
			s.mu.Lock()
			held = true
		}
		if s.items[key] > 0 {
			break
		}
	}
	if held {
		s.mu.Unlock()
	}
}

func (s *store) handOver(key string, later func(func())) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	later(s.mu.Unlock)
}

func (s *store) released(key string) (release func(), err error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, errClosed
	}
	return func() { s.mu.Unlock() }, nil
}

func (s *store) deferredClosure(key string) error {
	s.mu.Lock()
	defer func() {
		s.notify(key)
		s.mu.Unlock()
	}()
	if s.closed {
		return errClosed
	}
	return nil
}

func (s *store) closureVariable(key string) error {
	unlock := func() { s.mu.Unlock() }
	s.mu.Lock()
	if s.closed {
		unlock()
		return errClosed
	}
	delete(s.items, key)
	s.mu.Unlock()
	return nil
}

func (s *store) mustBeOpen(key string) int {
	s.mu.Lock()
	if s.closed {
		panic("closed")
	}
	n := s.items[key]
	s.mu.Unlock()
	if n < 0 {
		os.Exit(1)
	}
	return n
}

func (s *store) fatal(t *testing.T) {
	s.mu.Lock()
	if s.closed {
		t.Fatal("closed")
	}
	if len(s.items) == 0 {
		log.Fatal("empty")
	}
	s.mu.Unlock()
}

func (s *store) try(key string) bool {
	if !s.mu.TryLock() {
		s.mu.Lock()
	}
	if s.closed {
		return false
	}
	s.mu.Unlock()
	return true
}

// Called with the lock held, gives it up for a while.
func (s *store) withoutLock(f func()) {
	s.mu.Unlock()
	f()
	s.mu.Lock()
}

func (s *store) callLoop(keys []string) {
	s.mu.Lock()
	for _, key := range keys {
		s.mu.Unlock()
		s.notify(key)
		s.mu.Lock()
		if s.closed {
			break
		}
	}
	s.mu.Unlock()
}

type node struct {
	mu   sync.Mutex
	next *node
	id   int
}

// Hand over hand: each lock is given up under another name.
func (n *node) last() int {
	n.mu.Lock()
	for n.next != nil {
		next := n.next
		next.mu.Lock()
		n.mu.Unlock()
		n = next
	}
	id := n.id
	n.mu.Unlock()
	return id
}

func lockAll(stores []*store) {
	for _, s := range stores {
		s.mu.Lock()
	}
	for _, s := range stores {
		s.mu.Unlock()
	}
}

// Another goroutine unlocks.
func (s *store) background(key string) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	go func() {
		defer s.mu.Unlock()
		s.items[key]++
	}()
}

func toggle(mu *sync.Mutex, on bool) {
	if on {
		mu.Lock()
	} else {
		mu.Unlock()
	}
}

func (s *store) cleanup(t *testing.T) *store {
	s.mu.Lock()
	t.Cleanup(s.mu.Unlock)
	if s.closed {
		return nil
	}
	return s
}

// One helper unlocks, and starts a goroutine that locks for itself.
type promise struct {
	mu    sync.Mutex
	state int
	value int
}

func (p *promise) get(compute func() int) int {
	p.mu.Lock()
	switch p.state {
	case 0:
		return p.run(compute)
	case 1:
		defer p.mu.Unlock()
		return p.value
	}
	p.mu.Unlock()
	return 0
}

func (p *promise) run(compute func() int) int {
	go func() {
		v := compute()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.value, p.state = v, 1
	}()
	p.mu.Unlock()
	return 0
}

type Relay struct {
	baton sync.Mutex
	lap   sync.Mutex
}

// Whoever calls Pass lets go of the baton that was taken here.
func (r *Relay) Start(run func()) {
	r.baton.Lock()
	r.lap.Lock()
	go func() {
		r.baton.Lock()
		run()
		r.lap.Unlock()
	}()
}

func (r *Relay) Pass() {
	r.baton.Unlock()
	r.lap.Lock()
}
