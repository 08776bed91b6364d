// Package places has values without their channel among those that have one.
package places

import "sync"

// A ferry that is replaced gets no gangway.
type ferry struct {
	name    string
	gangway chan int
}

func newFerry(name string) *ferry {
	return &ferry{name: name, gangway: make(chan int, 4)}
}

func (f *ferry) board(n int) {
	f.gangway <- n // want "`pierside.Replace` may leave `f.gangway` nil"
}

type pierside struct {
	mu      sync.Mutex
	ferries map[string]*ferry
}

func (p *pierside) get(name string) *ferry {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.ferries[name]
	if !ok {
		f = newFerry(name)
		p.ferries[name] = f
	}
	return f
}

func (p *pierside) Replace(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ferries[name] = &ferry{name: name}
}

func (p *pierside) Board(name string, n int) {
	f := p.get(name)
	f.board(n)
}

// In a list, made by a helper, and with a size that is written down only there.
type oar struct {
	side string
	pull chan struct{}
}

func carve(side string) (*oar, error) {
	o := &oar{side: side}
	o.pull = make(chan struct{})
	return o, nil
}

func (o *oar) row() {
	<-o.pull // want "`spare` may leave `o.pull` nil"
}

type Galley struct{ oars []*oar }

func (g *Galley) Fit(side string) error {
	o, err := carve(side)
	if err != nil {
		return err
	}
	g.oars = append(g.oars, o)
	return nil
}

func spare() *oar { return &oar{side: "none"} }

func (g *Galley) Spare() {
	o := spare()
	g.oars = append(g.oars, o)
}

func (g *Galley) Row() {
	for _, o := range g.oars {
		o.row()
	}
}

// One that stands alone, and is set back.
type lamp struct{ lit chan bool }

type Tower struct{ lamp *lamp }

func NewTower() *Tower {
	return &Tower{lamp: &lamp{lit: make(chan bool, 1)}}
}

func (t *Tower) Renew() {
	t.lamp = &lamp{}
}

func (t *Tower) Light() { t.lamp.light() }

func (l *lamp) light() {
	l.lit <- true // want "`Tower.Renew` may leave `l.lit` nil"
}
