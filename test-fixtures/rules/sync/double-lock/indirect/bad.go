// Package indirect has locks that are taken again behind an interface of the package.
package indirect

import "sync"

// Filter changes what a station has measured.
type Filter interface {
	Apply(s *Station, value float64) float64
}

type Station struct {
	mu      sync.RWMutex
	offsets map[string]float64
	filters []Filter
}

func NewStation(filters ...Filter) *Station {
	return &Station{offsets: map[string]float64{}, filters: filters}
}

func (s *Station) SetOffset(of string, value float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offsets[of] = value
}

func (s *Station) Offset(of string) float64 {
	s.mu.RLock() // want "`s.mu` is locked for reading again here when"
	defer s.mu.RUnlock()
	return s.offsets[of]
}

func (s *Station) Read(raw float64) float64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, f := range s.filters {
		raw = f.Apply(s, raw)
	}
	return raw
}

// The lock is a plain one, and the call is two calls away.
type Bed struct {
	mu    sync.Mutex
	wet   float64
	steps []step
}

type step interface {
	run(b *Bed, minutes int)
}

type sprinkle struct{ rate float64 }

func (s sprinkle) run(b *Bed, minutes int) { b.soak(s.rate * float64(minutes)) }

type pause struct{}

func (pause) run(*Bed, int) {}

func (b *Bed) soak(by float64) {
	b.mu.Lock() // want "double-lock: `b.mu` is locked again by the goroutine that has held it since line 74"
	b.wet += by
	b.mu.Unlock()
}

func (b *Bed) Plan(rate float64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.steps = append(b.steps, pause{}, sprinkle{rate: rate})
}

func (b *Bed) Water(minutes int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.runAll(minutes)
}

func (b *Bed) runAll(minutes int) {
	for _, s := range b.steps {
		s.run(b, minutes)
	}
}

// The value knows by a field whom it asks.
type clock struct {
	mu      sync.Mutex
	now     int
	dials   map[string]dial
	current dial
}

type dial interface{ turn() }

type hand struct {
	of    *clock
	angle int
}

func (h *hand) turn() { h.angle = h.of.Now() * 6 }

func (c *clock) Now() int {
	c.mu.Lock() // want "`c.mu` is locked again here when"
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) addHand(name string) {
	c.mu.Lock()
	c.dials[name] = &hand{of: c}
	c.mu.Unlock()
}

func (c *clock) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now++
	for _, d := range c.dials {
		d.turn()
	}
}

// By a constructor.
type bell struct{ clock *tower }

func newBell(t *tower) *bell { return &bell{clock: t} }

func (b *bell) turn() { b.clock.hours() }

type tower struct {
	mu   sync.Mutex
	h    int
	only dial
}

func newTower() *tower {
	t := &tower{}
	t.only = newBell(t)
	return t
}

func (t *tower) hours() int {
	t.mu.Lock() // want "`t.mu` is locked again here when"
	defer t.mu.Unlock()
	return t.h
}

func (t *tower) strike() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.only.turn()
}
