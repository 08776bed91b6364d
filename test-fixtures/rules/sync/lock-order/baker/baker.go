// Package baker hears of flour from another package.
package baker

import (
	"sync"

	"example.com/rules/sync/lock-order/mill"
)

// Baker holds his lock while he asks the mill, which holds its own while it tells him.
type Baker struct {
	mill *mill.Mill

	mu   sync.Mutex
	news map[string]bool
	wake chan struct{}
}

// NewBaker asks to be told.
func NewBaker(m *mill.Mill) *Baker {
	b := &Baker{mill: m, news: make(map[string]bool), wake: make(chan struct{}, 1)}
	m.Tell(b)
	return b
}

// Ground implements mill.Customer.
func (b *Baker) Ground(kind string) {
	b.mu.Lock()
	b.news[kind] = true
	b.mu.Unlock()
}

// Bake takes flour.
func (b *Baker) Bake(kind string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.knead(kind) // want "lock-order: this call locks `b.mill.mu` while `b.mu` is held, but `Mill.Grind` \\(mill.go:43\\) locks them the other way round"
}

func (b *Baker) knead(kind string) bool { return b.news[kind] && b.mill.Take(kind) }

// Careful asks the mill without his lock.
type Careful struct {
	mill *mill.Mill
	mu   sync.Mutex
	news map[string]bool
	wake chan struct{}
}

// NewCareful asks to be told.
func NewCareful(m *mill.Mill) *Careful {
	c := &Careful{mill: m, news: make(map[string]bool), wake: make(chan struct{}, 1)}
	m.Tell(c)
	return c
}

// Ground implements mill.Customer.
func (c *Careful) Ground(kind string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.news[kind] = true
}

// Bake takes flour.
func (c *Careful) Bake(kind string) bool {
	c.mu.Lock()
	isThere := c.news[kind]
	c.mu.Unlock()
	return isThere && c.mill.Take(kind)
}

// Patient leaves what he hears to a goroutine.
type Patient struct {
	mill *mill.Mill
	mu   sync.Mutex
	news int
}

// NewPatient asks to be told.
func NewPatient(m *mill.Mill) *Patient {
	p := &Patient{mill: m}
	m.Tell(p)
	return p
}

// Ground implements mill.Customer.
func (p *Patient) Ground(kind string) {
	go func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.news++
	}()
}

// Bake takes flour.
func (p *Patient) Bake(kind string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mill.Take(kind)
}

// Late is told when the mill is open again.
type Late struct {
	mill *mill.Mill
	mu   sync.Mutex
	news int
}

// NewLate asks to be told.
func NewLate(m *mill.Mill) *Late {
	l := &Late{mill: m}
	m.TellLater(l)
	return l
}

// Ground implements mill.Customer.
func (l *Late) Ground(kind string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.news++
}

// Bake takes flour.
func (l *Late) Bake(kind string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.mill.Take(kind)
}

// Trader buys at one mill and hears from another.
type Trader struct {
	from *mill.Mill
	mu   sync.Mutex
	news int
}

// NewTrader asks to be told.
func NewTrader(m, other *mill.Mill) *Trader {
	t := &Trader{from: other}
	m.Tell(t)
	return t
}

// Ground implements mill.Customer.
func (t *Trader) Ground(kind string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.news++
}

// Buy takes flour.
func (t *Trader) Buy(kind string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.from.Take(kind)
}
