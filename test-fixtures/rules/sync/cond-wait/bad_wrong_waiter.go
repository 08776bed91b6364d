package condwait

import "sync"

// Charging points: who waits until all cars have gone may be woken for a point that is free.
type station struct {
	mu     sync.Mutex
	change *sync.Cond
	points int
	free   []int
}

func newStation(points int) *station {
	s := &station{points: points}
	s.change = sync.NewCond(&s.mu)
	for i := range points {
		s.free = append(s.free, i)
	}
	return s
}

func (s *station) Plug() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.free) == 0 {
		s.change.Wait() // want "`s\\.change\\.Wait` may go on waiting after its condition has ended: the `Signal` on line 45 wakes only one, and that may be who waits on line 37 in `AwaitIdle`, where `len\\(s\\.free\\) < s\\.points` still holds"
	}
	point := s.free[0]
	s.free = s.free[1:]
	return point
}

func (s *station) AwaitIdle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.free) < s.points {
		s.change.Wait()
	}
}

func (s *station) Unplug(point int) {
	s.mu.Lock()
	s.free = append(s.free, point)
	s.mu.Unlock()
	s.change.Signal()
}

// A tray of orders: the kitchen waits for orders, the waiter for all of them to be served.
type passTray struct {
	mu     sync.Mutex
	news   *sync.Cond
	orders []string
	open   int
	closed bool
}

func newPassTray() *passTray {
	p := &passTray{}
	p.news = sync.NewCond(&p.mu)
	return p
}

func (p *passTray) Order(dish string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.orders = append(p.orders, dish)
	p.open++
	p.tell()
}

func (p *passTray) tell() { p.news.Signal() }

func (p *passTray) Next() (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.orders) == 0 && !p.closed {
		p.news.Wait() // want "the `Signal` on line 71 wakes only one, and that may be who waits on line 91 in `AwaitServed`, where `p.open > 0` still holds"
	}
	if len(p.orders) == 0 {
		return "", false
	}
	dish := p.orders[0]
	p.orders = p.orders[1:]
	return dish, true
}

func (p *passTray) AwaitServed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.open > 0 {
		p.news.Wait() // want "the `Signal` on line 99 wakes only one, and that may be who waits on line 77 in `Next`"
	}
}

func (p *passTray) Served() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open--; p.open == 0 {
		p.news.Signal()
	}
}

func (p *passTray) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.news.Broadcast()
}

// Two flags, two who wait.
type launch struct {
	mu      sync.Mutex
	moved   *sync.Cond
	fuelled bool
	manned  bool
}

func newLaunch() *launch {
	l := &launch{}
	l.moved = sync.NewCond(&l.mu)
	return l
}

func (l *launch) Fuel() {
	l.mu.Lock()
	l.fuelled = true
	l.moved.Signal()
	l.mu.Unlock()
}

func (l *launch) Man() {
	l.mu.Lock()
	l.manned = true
	l.moved.Signal()
	l.mu.Unlock()
}

func (l *launch) AwaitFuel() {
	l.mu.Lock()
	for !l.fuelled {
		l.moved.Wait() // want "the `Signal` on line 127 wakes only one, and that may be who waits on line 150 in `AwaitCrew`, where `!l.manned` still holds"
	}
	l.mu.Unlock()
}

func (l *launch) AwaitCrew() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.manned {
		l.moved.Wait() // want "the `Signal` on line 134 wakes only one, and that may be who waits on line 141 in `AwaitFuel`, where `!l.fuelled` still holds"
	}
}

// Several workers, and one who waits for the end of the shift.
type forge struct {
	mu    sync.Mutex
	cond  *sync.Cond
	irons []string
	hot   int
}

func startForge(smiths int) *forge {
	f := &forge{}
	f.cond = sync.NewCond(&f.mu)
	for range smiths {
		go f.work()
	}
	return f
}

func (f *forge) work() {
	for {
		f.mu.Lock()
		for len(f.irons) == 0 {
			f.cond.Wait() // want "the `Signal` on line 196 wakes only one, and that may be who waits on line 203 in `Cool`, where `f.hot != 0` still holds"
		}
		f.irons = f.irons[1:]
		f.mu.Unlock()
		hammer()
		f.done()
	}
}

func (f *forge) done() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hot -= 1
	f.cond.Signal()
}

func (f *forge) Heat(iron string) {
	f.mu.Lock()
	f.hot++
	f.irons = append(f.irons, iron)
	f.mu.Unlock()
	f.cond.Signal()
}

func (f *forge) Cool() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.hot != 0 {
		f.cond.Wait() // want "the `Signal` on line 188 wakes only one"
	}
}

// A queue with room for some: who waits until it is empty takes the signal of who waits for room.
type conveyor struct {
	mu     sync.Mutex
	moved  *sync.Cond
	limit  int
	parts  map[int]string
	halted bool
}

func newConveyor(limit int) *conveyor {
	c := &conveyor{limit: limit, parts: map[int]string{}}
	c.moved = sync.NewCond(&c.mu)
	return c
}

func (c *conveyor) isFull() bool { return len(c.parts) >= c.limit }

func (c *conveyor) Lay(at int, part string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.isFull() {
		if c.halted {
			return false
		}
		c.moved.Wait() // want "the `Signal` on line 249 wakes only one, and that may be who waits on line 257 in `AwaitEmpty`, where `len\\(c.parts\\) > 0` still holds"
	}
	c.parts[at] = part
	return true
}

func (c *conveyor) Halt() {
	c.mu.Lock()
	c.halted = true
	c.mu.Unlock()
	c.moved.Broadcast()
}

func (c *conveyor) Lift(at int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	part := c.parts[at]
	delete(c.parts, at)
	c.moved.Signal()
	return part
}

func (c *conveyor) AwaitEmpty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.parts) > 0 {
		c.moved.Wait()
	}
}

// Three take turns: the one whose turn it is may not be the one who is woken.
type carousel struct {
	mu   sync.Mutex
	next *sync.Cond
	turn int
}

func newCarousel() *carousel {
	c := &carousel{}
	c.next = sync.NewCond(&c.mu)
	return c
}

func (c *carousel) Horse() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.turn != 0 {
		c.next.Wait() // want "that may be who waits on line \\d+ in `Swan`, where `c.turn != 1` still holds"
	}
	c.pass()
}

func (c *carousel) Swan() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.turn != 1 {
		c.next.Wait() // want "that may be who waits on line \\d+ in `Coach`, where `c.turn != 2` still holds"
	}
	c.pass()
}

func (c *carousel) Coach() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.turn != 2 {
		c.next.Wait() // want "that may be who waits on line \\d+ in `Horse`, where `c.turn != 0` still holds"
	}
	c.pass()
}

func (c *carousel) pass() {
	c.turn = (c.turn + 1) % 3
	c.next.Signal()
}

// Cleaners go before visitors: the last visitor may wake another one, who has to let the cleaner in first.
type gallery struct {
	mu       sync.Mutex
	cond     *sync.Cond
	visitors int
	brooms   int
	cleaning bool
}

func newGallery() *gallery {
	g := &gallery{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *gallery) Enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.cleaning || g.brooms > 0 {
		g.cond.Wait()
	}
	g.visitors++
}

func (g *gallery) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.visitors--
	if g.visitors == 0 {
		g.cond.Signal()
	}
}

func (g *gallery) Clean() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.brooms++
	for g.cleaning || g.visitors > 0 {
		g.cond.Wait() // want "that may be who waits on line \\d+ in `Enter`, where `g.cleaning \\|\\| g.brooms > 0` still holds"
	}
	g.brooms--
	g.cleaning = true
}

func (g *gallery) Cleaned() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.cleaning = false
	g.cond.Broadcast()
}

func hammer() {}
