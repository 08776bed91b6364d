package condwait

import (
	"errors"
	"sync"
)

var errSunk = errors.New("the ferry is gone")

// A tide gauge: a correction lifts the level as a rise does, and tells no ship of it.
type gauge struct {
	mu     sync.Mutex
	lifted sync.Cond
	level  int
	ships  int
	broken bool
}

func newGauge() *gauge {
	g := &gauge{}
	g.lifted.L = &g.mu
	return g
}

func (g *gauge) read() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.level
}

func (g *gauge) rise(level int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.level = level
	if g.ships > 0 {
		g.lifted.Broadcast()
	}
}

func (g *gauge) correct(level int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.level = level
}

func (g *gauge) float(draught int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.ships++
	defer func() { g.ships-- }()
	for g.level < draught && !g.broken {
		g.lifted.Wait() // want "`Survey` changes what the loop asks about and wakes nobody, as `rise` does"
	}
	return !g.broken
}

func (g *gauge) smash() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.broken = true
	g.lifted.Broadcast()
}

type Harbour struct {
	tide *gauge
}

func NewHarbour() *Harbour { return &Harbour{tide: newGauge()} }

func (h *Harbour) Rise()            { h.tide.rise(h.tide.read() + 1) }
func (h *Harbour) Sail(draught int) { h.tide.float(draught) }
func (h *Harbour) Abandon()         { h.tide.smash() }
func (h *Harbour) Survey(measured int) {
	if was := h.tide.read(); measured > was {
		h.tide.correct(measured)
	}
}

// A ferry: the harbour master ends each trip with an error of which no passenger learns.
type ferry struct {
	mu     sync.Mutex
	moored *sync.Cond
	places int
	lost   error
}

func newFerry(places int) *ferry {
	f := &ferry{places: places}
	f.moored = sync.NewCond(&f.mu)
	return f
}

func (f *ferry) board() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for {
		if f.lost != nil {
			return f.lost
		}
		if f.places > 0 {
			break
		}
		f.moored.Wait() // want "`Storm` changes what the loop asks about and wakes nobody, as `Scuttle` does"
	}
	f.places--
	return nil
}

func (f *ferry) Unload(places int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.places += places
	f.moored.Broadcast()
}

func (f *ferry) end(why error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lost == nil {
		f.lost = why
	}
}

func (f *ferry) Scuttle() {
	f.end(errSunk)
	f.moored.Broadcast()
}

type Master struct {
	mu      sync.Mutex
	ferries map[string]*ferry
}

func (m *Master) Board(name string) error {
	m.mu.Lock()
	f := m.ferries[name]
	m.mu.Unlock()
	return f.board()
}

func (m *Master) Launch(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ferries[name] = newFerry(10)
}

func (m *Master) Storm() {
	m.mu.Lock()
	all := m.ferries
	m.ferries = map[string]*ferry{}
	m.mu.Unlock()
	for _, f := range all {
		f.end(errSunk)
	}
}

// A lock gate made at the first use: who holds the key opens it from another value, in a deferred function.
type gate struct {
	mu    sync.Mutex
	moved *sync.Cond
	shut  bool
}

type Keeper struct {
	gate *gate
}

func (g *gate) Pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.moved == nil {
		g.moved = sync.NewCond(&g.mu)
	}
	for g.shut {
		g.moved.Wait() // want "on line 197 `Inspect` takes back what it has changed before, and wakes nobody, as `Open` does"
	}
}

func (g *gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = false
	if g.moved != nil {
		g.moved.Broadcast()
	}
}

func (k *Keeper) Inspect(look func()) {
	g := k.gate
	g.mu.Lock()
	g.shut = true
	g.mu.Unlock()
	look()
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.shut = false
	}()
}

// A lamp: who turns it chooses how, and only one of two ways tells.
type lamp struct {
	mu     sync.Mutex
	turned *sync.Cond
	lit    bool
}

func NewLamp() *lamp {
	l := &lamp{}
	l.turned = sync.NewCond(&l.mu)
	return l
}

func (l *lamp) Turn(lit bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lit = lit
}

func (l *lamp) Light() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lit = true
	l.turned.Broadcast()
}

func (l *lamp) See() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.lit {
		l.turned.Wait() // want "`Turn` changes what the loop asks about and wakes nobody, as `Light` does"
	}
}
