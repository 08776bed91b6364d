package condwait

import "sync"

// One driver only: nobody else waits where the driver does.
type logRaft struct {
	mu     sync.Mutex
	deck   *sync.Cond
	spaces int
	cars   int
}

func newLogRaft(spaces int) *logRaft {
	r := &logRaft{spaces: spaces}
	r.deck = sync.NewCond(&r.mu)
	return r
}

func (r *logRaft) board() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.cars == r.spaces {
		r.deck.Wait()
	}
	r.cars++
	r.deck.Signal()
}

func (r *logRaft) cross() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.cars < r.spaces {
		r.deck.Wait()
	}
	r.cars = 0
	r.deck.Signal()
}

// Punt has one who loads and one who poles.
func Punt() {
	r := newLogRaft(2)
	go func() {
		for range 10 {
			r.board()
		}
	}()
	for range 5 {
		r.cross()
	}
}

// All who have queued are woken when there is room, and go on or ask anew.
type flatBarge struct {
	mu     sync.Mutex
	deck   *sync.Cond
	spaces int
	cars   int
}

func newFlatBarge(spaces int) *flatBarge {
	b := &flatBarge{spaces: spaces}
	b.deck = sync.NewCond(&b.mu)
	return b
}

func (b *flatBarge) board() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.cars == b.spaces {
		b.deck.Wait()
	}
	b.cars++
	if b.cars == b.spaces {
		b.deck.Broadcast()
	}
}

func (b *flatBarge) cross() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.cars < b.spaces {
		b.deck.Wait()
	}
	b.cars = 0
	b.deck.Broadcast()
}

// Tow lets many come.
func Tow() {
	b := newFlatBarge(3)
	for range 9 {
		go func() { b.board() }()
	}
	for range 3 {
		b.cross()
	}
}

// A driver who is woken and cannot drive on wakes the next.
type pontoon struct {
	mu     sync.Mutex
	deck   *sync.Cond
	spaces int
	cars   int
}

func newPontoon(spaces int) *pontoon {
	p := &pontoon{spaces: spaces}
	p.deck = sync.NewCond(&p.mu)
	return p
}

func (p *pontoon) board() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.cars == p.spaces {
		p.deck.Signal()
		p.deck.Wait()
	}
	p.cars++
	p.deck.Signal()
}

func (p *pontoon) cross() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.cars < p.spaces {
		p.deck.Wait()
	}
	p.cars = 0
	p.deck.Signal()
}

// Poled lets many come.
func Poled() {
	p := newPontoon(4)
	for range 12 {
		go func() { p.board() }()
	}
	for range 3 {
		p.cross()
	}
}

// Two variables: each signal finds who waits for it.
type chainFerry struct {
	mu     sync.Mutex
	room   *sync.Cond
	full   *sync.Cond
	spaces int
	cars   int
}

func newChainFerry(spaces int) *chainFerry {
	c := &chainFerry{spaces: spaces}
	c.room = sync.NewCond(&c.mu)
	c.full = sync.NewCond(&c.mu)
	return c
}

func (c *chainFerry) board() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.cars == c.spaces {
		c.room.Wait()
	}
	c.cars++
	if c.cars < c.spaces {
		c.room.Signal()
		return
	}
	c.full.Signal()
}

func (c *chainFerry) cross() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.cars < c.spaces {
		c.full.Wait()
	}
	c.cars = 0
	c.room.Signal()
}

// Haul lets many come.
func Haul() {
	c := newChainFerry(4)
	for range 12 {
		go func() { c.board() }()
	}
	for range 3 {
		c.cross()
	}
}
