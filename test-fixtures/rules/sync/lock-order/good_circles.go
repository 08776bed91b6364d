package lockorder

import "sync"

// Three locks in one order.
type Studio struct {
	lightMu, soundMu, stageMu sync.Mutex
	takes                     int
}

func (s *Studio) Light() {
	s.lightMu.Lock()
	defer s.lightMu.Unlock()
	s.soundMu.Lock()
	defer s.soundMu.Unlock()
	s.takes++
}

func (s *Studio) Sound() {
	s.soundMu.Lock()
	defer s.soundMu.Unlock()
	s.stageMu.Lock()
	defer s.stageMu.Unlock()
	s.takes++
}

func (s *Studio) Stage() {
	s.lightMu.Lock()
	defer s.lightMu.Unlock()
	s.stageMu.Lock()
	defer s.stageMu.Unlock()
	s.takes++
}

// A circle whose ways all hold a fourth lock.
type Gallery struct {
	doorMu              sync.Mutex
	eastMu, westMu, top sync.Mutex
	visitors            int
}

func (g *Gallery) East() {
	g.doorMu.Lock()
	defer g.doorMu.Unlock()
	g.eastMu.Lock()
	defer g.eastMu.Unlock()
	g.westMu.Lock()
	defer g.westMu.Unlock()
	g.visitors++
}

func (g *Gallery) West() {
	g.westMu.Lock()
	defer g.westMu.Unlock()
	g.top.Lock()
	defer g.top.Unlock()
	g.visitors++
}

func (g *Gallery) Top() {
	g.doorMu.Lock()
	defer g.doorMu.Unlock()
	g.top.Lock()
	defer g.top.Unlock()
	g.eastMu.Lock()
	defer g.eastMu.Unlock()
	g.visitors++
}

// Two of the three only read what they share.
type Library struct {
	shelfMu sync.RWMutex
	deskMu  sync.Mutex
	doorMu  sync.Mutex
	books   int
}

func (l *Library) Lend() {
	l.doorMu.Lock()
	defer l.doorMu.Unlock()
	l.shelfMu.RLock()
	defer l.shelfMu.RUnlock()
	l.books--
}

func (l *Library) Count() int {
	l.shelfMu.RLock()
	defer l.shelfMu.RUnlock()
	l.deskMu.Lock()
	defer l.deskMu.Unlock()
	return l.books
}

func (l *Library) Open() {
	l.deskMu.Lock()
	defer l.deskMu.Unlock()
	l.doorMu.Lock()
	defer l.doorMu.Unlock()
	l.books = 100
}

// Two of the ways are walked by one goroutine.
type pipeline struct {
	inMu, midMu, outMu sync.Mutex
	n                  int
}

func startPipeline() *pipeline {
	p := &pipeline{}
	go p.feed()
	go p.drain()
	return p
}

func (p *pipeline) feed() {
	for {
		p.inMu.Lock()
		p.midMu.Lock()
		p.n++
		p.midMu.Unlock()
		p.inMu.Unlock()
		p.midMu.Lock()
		p.outMu.Lock()
		p.n++
		p.outMu.Unlock()
		p.midMu.Unlock()
	}
}

func (p *pipeline) drain() {
	for {
		p.outMu.Lock()
		p.inMu.Lock()
		p.n--
		p.inMu.Unlock()
		p.outMu.Unlock()
	}
}

// A chain of elements only: no value knows to which other one it belongs.
type Region struct {
	mu     sync.Mutex
	cities []*City
	n      int
}

type City struct {
	mu     sync.Mutex
	blocks []*Block
	n      int
}

type Block struct {
	mu      sync.Mutex
	regions []*Region
	n       int
}

func (r *Region) Count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.cities {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
	}
}

func (c *City) Count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.blocks {
		b.mu.Lock()
		b.n++
		b.mu.Unlock()
	}
}

func (b *Block) Count() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.regions {
		r.mu.Lock()
		r.n++
		r.mu.Unlock()
	}
}
