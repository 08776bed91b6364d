//go:build go1.20

package entries

import "time"

// It is stopped first.
type Orchard struct{ pumps map[string]*Pump }

func (o *Orchard) Plant(bed string, level func() int) {
	if p, ok := o.pumps[bed]; ok {
		p.halt()
	}
	o.pumps[bed] = startPump(level, time.Minute)
}

// A bed that is there stays.
func (o *Orchard) Once(bed string, level func() int) error {
	if _, ok := o.pumps[bed]; ok {
		return errShut
	}
	o.pumps[bed] = startPump(level, time.Minute)
	return nil
}

func (o *Orchard) Clear(bed string) {
	if p, ok := o.pumps[bed]; ok {
		p.halt()
		delete(o.pumps, bed)
	}
}

// Who asks looks first.
type Meadow struct{ pumps map[string]*Pump }

func (m *Meadow) has(bed string) bool { return m.pumps[bed] != nil }

func (m *Meadow) Plant(bed string, level func() int) {
	if m.has(bed) {
		return
	}
	m.plant(bed, level)
}

func (m *Meadow) plant(bed string, level func() int) {
	m.pumps[bed] = startPump(level, time.Minute)
}

func (m *Meadow) Clear(bed string) {
	if p, ok := m.pumps[bed]; ok {
		p.halt()
		delete(m.pumps, bed)
	}
}

// The number is new each time.
type Field struct {
	pumps map[int]*Pump
	next  int
}

func (f *Field) Plant(level func() int) int {
	f.next++
	f.pumps[f.next] = startPump(level, time.Minute)
	return f.next
}

func (f *Field) Clear(n int) {
	if p, ok := f.pumps[n]; ok {
		p.halt()
		delete(f.pumps, n)
	}
}

// A goroutine of its own stops the ticker.
type fan struct {
	every time.Duration
	tick  *time.Ticker
	out   chan struct{}
}

func newFan(every time.Duration) *fan {
	f := &fan{every: every, tick: time.NewTicker(every), out: make(chan struct{})}
	go f.turn()
	return f
}

func (f *fan) turn() {
	defer f.tick.Stop()
	for {
		select {
		case <-f.tick.C:
		case <-f.out:
			return
		}
	}
}

func (f *fan) stop() { close(f.out) }

type attic struct{ fans map[string]*fan }

func (a *attic) Set(at string, every time.Duration) {
	old := a.fans[at]
	a.fans[at] = newFan(every)
	if old != nil {
		old.stop()
	}
}

func (a *attic) Remove(at string) {
	if f, ok := a.fans[at]; ok {
		f.stop()
		delete(a.fans, at)
	}
}

// Who waits stops it when it is told.
type torch struct {
	every time.Duration
	tick  *time.Ticker
	out   chan struct{}
}

func newTorch(every time.Duration) *torch {
	return &torch{every: every, tick: time.NewTicker(every), out: make(chan struct{})}
}

func (t *torch) fade() { close(t.out) }

func (t *torch) stop() { t.tick.Stop() }

func (t *torch) wait() bool {
	select {
	case <-t.tick.C:
		return true
	case <-t.out:
		t.stop()
		return false
	}
}

type cellar struct{ torches map[int]*torch }

func (c *cellar) Set(at int, every time.Duration) {
	old := c.torches[at]
	c.torches[at] = newTorch(every)
	if old != nil {
		old.fade()
	}
}

func (c *cellar) Wait(at int) bool { return c.torches[at].wait() }

func (c *cellar) Remove(at int) {
	if t, ok := c.torches[at]; ok {
		t.stop()
		delete(c.torches, at)
	}
}
