// Package returns has values that read under the lock of whoever has them.
package returns

import "sync"

// The plots of a garden ask the garden.
type garden struct {
	mu    sync.RWMutex
	plots map[string]*plot
	rain  int
}

type plot struct {
	in   *garden
	name string
	area int
}

func (g *garden) Dig(name string, area int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	p := &plot{in: g, name: name, area: area}
	g.plots[name] = p
}

func (p *plot) Water() int {
	g := p.in
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.rain * p.area
}

func (g *garden) Total() (sum int) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for _, p := range g.plots {
		sum += p.Water() // want "`g.mu` is locked for reading by a goroutine that already reads"
	}
	return sum
}

func (g *garden) Of(name string) int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if p, ok := g.plots[name]; ok {
		return p.Water() // want "`g.mu` is locked for reading by a goroutine that already reads"
	}
	return 0
}

// A set, two calls away, and the lock is embedded.
type harbour struct {
	sync.RWMutex
	ships map[*ship]bool
	tide  int
}

type ship struct {
	home  *harbour
	draft int
}

func (h *harbour) Moor(draft int) *ship {
	s := &ship{home: h, draft: draft}
	h.Lock()
	h.ships[s] = true
	h.Unlock()
	return s
}

func (h *harbour) depth() int {
	h.RLock()
	defer h.RUnlock()
	return h.tide
}

func (s *ship) floats() bool { return s.draft < s.home.depth() }

func (s *ship) report() string {
	if s.floats() {
		return "afloat"
	}
	return "aground"
}

func (h *harbour) Reports() (all []string) {
	h.RLock()
	defer h.RUnlock()
	for s := range h.ships {
		all = append(all, s.report()) // want "`h` is locked for reading by a goroutine that already reads"
	}
	return all
}

// A list, and a field that holds one of them.
type choir struct {
	mu     sync.RWMutex
	voices []*voice
	lead   *voice
	pitch  int
}

type voice struct {
	choir *choir
	shift int
}

func newVoice(c *choir, shift int) *voice { return &voice{choir: c, shift: shift} }

func (c *choir) Join(shift int) {
	v := newVoice(c, shift)
	c.mu.Lock()
	c.voices = append(c.voices, v)
	c.lead = v
	c.mu.Unlock()
}

func (v *voice) tone() int {
	v.choir.mu.RLock()
	defer v.choir.mu.RUnlock()
	return v.choir.pitch + v.shift
}

func (c *choir) First() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if len(c.voices) == 0 {
		return 0
	}
	v := c.voices[0]
	return v.tone() // want "`c.mu` is locked for reading by a goroutine that already reads"
}

func (c *choir) Lead() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.lead == nil {
		return 0
	}
	return c.lead.tone() // want "`c.mu` is locked for reading by a goroutine that already reads"
}

// With parameters for types.
type hive[B any] struct {
	mu    sync.RWMutex
	combs map[int]*comb[B]
	size  int
}

type comb[B any] struct {
	of   *hive[B]
	bees []B
}

func (h *hive[B]) Build(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.combs[n] = &comb[B]{of: h}
}

func (c *comb[B]) room() int {
	c.of.mu.RLock()
	defer c.of.mu.RUnlock()
	return c.of.size - len(c.bees)
}

func (h *hive[B]) Room() (sum int) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, c := range h.combs {
		sum += c.room() // want "`h.mu` is locked for reading by a goroutine that already reads"
	}
	return sum
}
