package condwait

import "sync"

func (q *queue) takeInLoop() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.added.Wait()
	}
	return q.items[0]
}

func (q *queue) takeEndless() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		if len(q.items) > 0 {
			return q.items[0]
		}
		q.added.Wait()
	}
}

func (q *queue) takeGoto() string {
	q.mu.Lock()
	defer q.mu.Unlock()
again:
	if len(q.items) == 0 {
		q.added.Wait()
		goto again
	}
	return q.items[0]
}

// A step of the loop in the caller.
func (q *queue) step() {
	if len(q.items) == 0 {
		q.added.Wait()
	}
}

func (q *queue) takeBySteps() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.step()
	}
	return q.items[0]
}

// The condition is tested again: a wake-up for nothing is an answer, too.
func (q *queue) tryTake() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.added.Wait()
	}
	if len(q.items) == 0 {
		return "", false
	}
	return q.items[0], true
}

// Any signal will do.
func (q *queue) nextEvent() {
	q.mu.Lock()
	q.added.Wait()
	q.mu.Unlock()
}

// Run again and again by others.
func (q *queue) poller() func() {
	return func() {
		if len(q.items) == 0 {
			q.added.Wait()
		}
	}
}

// Signalled through a method value.
type bell struct {
	cond *sync.Cond
	rung bool
}

func (b *bell) ringer() func() { return b.cond.Broadcast }

func (b *bell) wait() {
	b.cond.L.Lock()
	defer b.cond.L.Unlock()
	for !b.rung {
		b.cond.Wait()
	}
}

// Others can signal what is exported.
type Gate struct {
	Cond *sync.Cond
	open bool
}

func (g *Gate) Wait() {
	for !g.open {
		g.Cond.Wait()
	}
}

// The condition variable is handed on.
type shared struct {
	cond *sync.Cond
	open bool
}

func newShared(mu *sync.Mutex, register func(*sync.Cond)) *shared {
	s := &shared{cond: sync.NewCond(mu)}
	register(s.cond)
	return s
}

func (s *shared) wait() {
	for !s.open {
		s.cond.Wait()
	}
}

// It comes from somebody who may signal it.
type borrower struct {
	cond *sync.Cond
	open bool
}

func newBorrower(cond *sync.Cond) *borrower { return &borrower{cond: cond} }

func (b *borrower) wait() {
	for !b.open {
		b.cond.Wait()
	}
}

func waitFor(cond *sync.Cond, ready func() bool) {
	for !ready() {
		cond.Wait()
	}
}

// Unkeyed literals give the field a value, too.
type unkeyed struct {
	cond *sync.Cond
	open bool
}

func newUnkeyed(cond *sync.Cond) *unkeyed { return &unkeyed{cond, false} }

func (u *unkeyed) wait() {
	for !u.open {
		u.cond.Wait()
	}
}

// Who signals has to take the lock first, which is free only while this waits.
func (q *queue) fillLocked(fetch func() []string) []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	go func() {
		q.mu.Lock()
		q.items = fetch()
		q.mu.Unlock()
		q.added.Broadcast()
	}()
	q.added.Wait()
	return q.items
}

// The signal comes again and again.
func (q *queue) nextTick(ticks <-chan int) {
	go func() {
		for range ticks {
			q.added.Broadcast()
		}
	}()
	q.mu.Lock()
	q.added.Wait()
	q.mu.Unlock()
}

type copied struct {
	mu    sync.Mutex
	over  bool
	ended *sync.Cond
}

// The condition is on a copy, which nobody changes: a loop would not end.
func (c *copied) wait() {
	c.mu.Lock()
	over := c.over
	c.mu.Unlock()
	c.ended.L.Lock()
	if !over {
		c.ended.Wait()
	}
	c.ended.L.Unlock()
}

func (c *copied) end() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	c.ended.Broadcast()
}
