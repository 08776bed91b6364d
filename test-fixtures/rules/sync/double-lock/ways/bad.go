// Package ways has locks that are taken again by what comes to a list or field in different ways.
package ways

import (
	"errors"
	"sync"
)

// A set, and a lock that is embedded.
type hub struct {
	sync.Mutex
	subs map[sub]bool
	n    int
}

type sub interface{ poke(h *hub) }
type counter struct{}

func (counter) poke(h *hub) { h.size() }

func (h *hub) size() int {
	h.Lock() // want "is locked again here when"
	defer h.Unlock()
	return h.n
}

func (h *hub) add() { h.subs[counter{}] = true }

func (h *hub) all() {
	h.Lock()
	defer h.Unlock()
	for s := range h.subs {
		s.poke(h)
	}
}

// The hook is set by a method, and the element found by one.
type car struct {
	onPark func(*car)
}

func (c *car) setOnPark(f func(*car)) { c.onPark = f }
func (c *car) park() {
	if f := c.onPark; f != nil {
		f(c)
	}
}

type garage struct {
	mu   sync.Mutex
	cars map[string]*car
	n    int
}

func (g *garage) enter(name string) {
	c := new(car)
	c.setOnPark(g.parked)
	g.mu.Lock()
	g.cars[name] = c
	g.mu.Unlock()
}

func (g *garage) find(name string) (*car, error) {
	c, ok := g.cars[name]
	if !ok {
		return nil, errors.New("none")
	}
	return c, nil
}

func (g *garage) parked(*car) {
	g.mu.Lock() // want "is locked again here when"
	g.n++
	g.mu.Unlock()
}

func (g *garage) stop(name string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	c, err := g.find(name)
	if err != nil {
		return err
	}
	c.park()
	return nil
}

// A function that is handed over.
type Box struct {
	mu    sync.RWMutex
	items []int
}

func (b *Box) Each(f func(int)) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, i := range b.items {
		f(i)
	}
}
func (b *Box) Add(i int) {
	b.mu.Lock() // want "is locked again here when"
	b.items = append(b.items, i)
	b.mu.Unlock()
}
func (b *Box) Double() { b.Each(func(i int) { b.Add(i) }) }

// The value learns only later whom it belongs to.
type Plugin interface{ Start() error }
type logPlugin struct{ host *Host }

func (p *logPlugin) Start() error { return p.host.Log("x") }

type Host struct {
	mu      sync.Mutex
	lines   []string
	plugins map[string]Plugin
}

func NewHost() *Host {
	h := &Host{plugins: make(map[string]Plugin)}
	p := &logPlugin{}
	p.host = h
	h.plugins["log"] = p
	return h
}

func (h *Host) Log(s string) error {
	h.mu.Lock() // want "is locked again here when"
	defer h.mu.Unlock()
	h.lines = append(h.lines, s)
	return nil
}

func (h *Host) StartAll() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugins {
		if err := p.Start(); err != nil {
			return err
		}
	}
	return nil
}

// Anybody may hand over a value of an exported type.
type Visitor interface{ Visit(t *Tree, n int) }
type Tree struct {
	mu sync.Mutex
	n  int
}

func (t *Tree) Walk(v Visitor) {
	t.mu.Lock()
	defer t.mu.Unlock()
	v.Visit(t, t.n)
}
func (t *Tree) Size() int {
	t.mu.Lock() // want "is locked again here when"
	defer t.mu.Unlock()
	return t.n
}

type Sum struct{ total int }

func (s *Sum) Visit(t *Tree, n int) { s.total += t.Size() }

// A table of functions.
type handler func(s *Srv, arg string) error
type Srv struct {
	mu   sync.Mutex
	cmds map[string]handler
	n    int
}

func NewSrv() *Srv {
	s := &Srv{}
	s.cmds = map[string]handler{"count": (*Srv).count, "reset": resetCmd}
	return s
}
func resetCmd(s *Srv, _ string) error {
	s.mu.Lock() // want "is locked again here when"
	s.n = 0
	s.mu.Unlock()
	return nil
}
func (s *Srv) count(string) error { return nil }
func (s *Srv) Run(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.cmds[name]
	if !ok {
		return errors.New("x")
	}
	return h(s, name)
}
