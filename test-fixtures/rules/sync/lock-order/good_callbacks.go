package lockorder

import "sync"

// The one that is told is not the one that has it.
type yard struct {
	mu    sync.Mutex
	carts map[int]*handcart
	sold  int
}

type handcart struct {
	mu     sync.Mutex
	gone   bool
	onSell func()
}

func lendCart(from, to *yard, id int) {
	c := &handcart{onSell: from.count}
	to.mu.Lock()
	to.carts[id] = c
	to.mu.Unlock()
}

func (y *yard) count() {
	y.mu.Lock()
	y.sold++
	y.mu.Unlock()
}

func (c *handcart) Sell() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone = true
	c.onSell()
}

func (y *yard) Gone() (n int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, c := range y.carts {
		c.mu.Lock()
		if c.gone {
			n++
		}
		c.mu.Unlock()
	}
	return n
}

// Its own lock is free when it tells.
type tavern struct {
	mu    sync.Mutex
	rooms []*chamber
	free  int
}

type chamber struct {
	mu      sync.Mutex
	empty   bool
	onLeave func()
}

func (i *tavern) Let() {
	c := &chamber{onLeave: i.left}
	i.mu.Lock()
	i.rooms = append(i.rooms, c)
	i.mu.Unlock()
}

func (i *tavern) left() {
	i.mu.Lock()
	i.free++
	i.mu.Unlock()
}

func (c *chamber) Leave() {
	c.mu.Lock()
	c.empty = true
	c.mu.Unlock()
	c.onLeave()
}

func (i *tavern) Empty() (n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, c := range i.rooms {
		c.mu.Lock()
		if c.empty {
			n++
		}
		c.mu.Unlock()
	}
	return n
}

// It tells by a goroutine.
type crew struct {
	mu    sync.Mutex
	hands []*sailor
	ill   int
}

type sailor struct {
	mu    sync.Mutex
	well  bool
	onIll func()
}

func (c *crew) Hire() {
	s := &sailor{onIll: c.lost, well: true}
	c.mu.Lock()
	c.hands = append(c.hands, s)
	c.mu.Unlock()
}

func (c *crew) lost() {
	c.mu.Lock()
	c.ill++
	c.mu.Unlock()
}

func (s *sailor) Cough() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.well = false
	go s.onIll()
}

func (c *crew) Well() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.hands {
		s.mu.Lock()
		if s.well {
			n++
		}
		s.mu.Unlock()
	}
	return n
}
