package ways

import "sync"

// What is handed over asks another value, or is called when the lock is free.
type drawer struct {
	mu    sync.Mutex
	sheet []int
}

func (d *drawer) each(f func(int)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sheet {
		f(s)
	}
}

func (d *drawer) put(s int) {
	d.mu.Lock()
	d.sheet = append(d.sheet, s)
	d.mu.Unlock()
}

func (d *drawer) later(f func(int)) {
	d.mu.Lock()
	sheet := append([]int(nil), d.sheet...)
	d.mu.Unlock()
	for _, s := range sheet {
		f(s)
	}
}

func copyTo(from, to *drawer) { from.each(func(s int) { to.put(s) }) }

func double(d *drawer) { d.later(func(s int) { d.put(s) }) }

// The hook is that of one value, and the element is found in another one.
type boat struct{ onSink func() }

func (b *boat) setOnSink(f func()) { b.onSink = f }

func (b *boat) sink() { b.onSink() }

type harbour struct {
	mu    sync.Mutex
	boats map[string]*boat
	sunk  int
}

func (h *harbour) find(name string) *boat { return h.boats[name] }

func (h *harbour) count() {
	h.mu.Lock()
	h.sunk++
	h.mu.Unlock()
}

func moor(insurer, at *harbour, name string) {
	b := &boat{}
	b.setOnSink(insurer.count)
	at.mu.Lock()
	at.boats[name] = b
	at.mu.Unlock()
}

func (h *harbour) storm(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if b := h.find(name); b != nil {
		b.sink()
	}
}

// Another value's plugin.
type rack struct {
	mu    sync.Mutex
	n     int
	slots []Plugin
}

type card struct{ in *rack }

func (c *card) Start() error { return c.in.grow() }

func (r *rack) grow() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
	return nil
}

func plug(r, other *rack) {
	c := &card{}
	c.in = other
	r.slots = append(r.slots, c)
}

func (r *rack) start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.slots {
		s.Start()
	}
}
