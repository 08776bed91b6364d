//go:build go1.20

package entries

import (
	"errors"
	"sync"
	"time"
)

var errShut = errors.New("shut")

// A pump waters a bed from time to time.
type Pump struct {
	tick  *time.Ticker
	off   chan struct{}
	once  sync.Once
	level func() int
	total int
}

func startPump(level func() int, every time.Duration) *Pump {
	p := &Pump{tick: time.NewTicker(every), off: make(chan struct{}), level: level}
	go p.water()
	return p
}

func (p *Pump) water() {
	for {
		select {
		case <-p.tick.C:
			p.total += p.level()
		case <-p.off:
			return
		}
	}
}

func (p *Pump) halt() {
	p.once.Do(func() {
		p.tick.Stop()
		close(p.off)
	})
}

func (p *Pump) Total() int { return p.total }

// Garden has pumps by the names of the beds.
type Garden struct {
	mu    sync.Mutex
	pumps map[string]*Pump
	shut  bool
}

func (g *Garden) Plant(bed string, level func() int) (*Pump, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return nil, errShut
	}
	if g.pumps == nil {
		g.pumps = map[string]*Pump{}
	}
	g.pumps[bed] = startPump(level, time.Minute) // want "what `g.pumps\\[bed\\]` held until here goes on ticking: `Plant` puts another ticker in its place"
	return g.pumps[bed], nil
}

func (g *Garden) Clear(bed string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if p, ok := g.pumps[bed]; ok {
		p.halt()
		delete(g.pumps, bed)
	}
}

func (g *Garden) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, p := range g.pumps {
		p.halt()
	}
	g.pumps = nil
	g.shut = true
}

// A lamp is told to go out, and goes on ticking.
type lamp struct {
	every time.Duration
	tick  *time.Ticker
	out   chan struct{}
}

func newLamp(every time.Duration) *lamp {
	return &lamp{every: every, tick: time.NewTicker(every), out: make(chan struct{})}
}

func (l *lamp) fade() { close(l.out) }

func (l *lamp) stop() {
	l.tick.Stop()
	close(l.out)
}

func (l *lamp) wait() bool {
	select {
	case <-l.tick.C:
		return true
	case <-l.out:
		return false
	}
}

type street struct{ lamps map[int]*lamp }

func (s *street) Set(at int, every time.Duration) {
	old := s.lamps[at]
	if old != nil && old.every == every {
		return
	}
	s.lamps[at] = newLamp(every) // want "what `s.lamps\\[at\\]` held until here goes on ticking: `Set` puts"
	if old != nil {
		old.fade()
	}
}

func (s *street) Wait(at int) bool {
	l, ok := s.lamps[at]
	return ok && l.wait()
}

func (s *street) Remove(at int) {
	if l, ok := s.lamps[at]; ok {
		delete(s.lamps, at)
		l.stop()
	}
}

// A ticker by itself.
type hens struct{ layers map[string]*time.Ticker }

func (h *hens) Add(name string, every time.Duration) {
	if t, ok := h.layers[name]; ok {
		<-t.C
	}
	h.layers[name] = time.NewTicker(every) // want "what `h.layers\\[name\\]` held until here goes on ticking"
}

func (h *hens) Remove(name string) {
	if t, ok := h.layers[name]; ok {
		t.Stop()
		delete(h.layers, name)
	}
}
