// Package elements has values that tell by a hook the one in whose map or list they are.
package elements

import "sync"

type ticket struct {
	number  int
	isDone  bool
	onClose func(*ticket)
}

func (t *ticket) close() {
	if t.isDone {
		return
	}
	t.isDone = true
	if t.onClose != nil {
		t.onClose(t)
	}
}

type desk struct {
	mu   sync.Mutex
	open map[int]*ticket
	done int
}

func (d *desk) take(number int) *ticket {
	t := &ticket{number: number}
	t.onClose = d.closed
	d.mu.Lock()
	d.open[number] = t
	d.mu.Unlock()
	return t
}

func (d *desk) closed(t *ticket) {
	d.mu.Lock() // want "`d.mu` is locked again here when"
	delete(d.open, t.number)
	d.mu.Unlock()
}

func (d *desk) drop(number int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t, ok := d.open[number]; ok {
		t.close()
	}
}

// By a constructor that is given the method, and a list.
type lease struct {
	days  int
	ended func()
}

func newLease(days int, ended func()) *lease { return &lease{days: days, ended: ended} }

func (l *lease) end() {
	l.days = 0
	l.ended()
}

type landlord struct {
	mu     sync.Mutex
	leases []*lease
	free   int
}

func (o *landlord) let(days int) {
	l := newLease(days, o.freed)
	o.add(l)
}

func (o *landlord) add(l *lease) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.leases = append(o.leases, l)
}

func (o *landlord) freed() {
	o.mu.Lock() // want "`o.mu` is locked again here when"
	o.free++
	o.mu.Unlock()
}

func (o *landlord) endAll() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.leases {
		l.end()
	}
}

// By a literal, in a struct that is made with it.
type wick struct{ out func() }

func (w *wick) blow() { w.out() }

type candles struct {
	mu   sync.Mutex
	lit  int
	wick *wick
}

func (c *candles) light() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lit++
	c.wick = &wick{out: func() {
		c.mu.Lock() // want "`c.mu` is locked again here when"
		c.lit--
		c.mu.Unlock()
	}}
}

func (c *candles) blowOut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wick != nil {
		c.wick.blow()
	}
}
