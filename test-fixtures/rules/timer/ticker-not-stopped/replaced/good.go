//go:build go1.20

package replaced

import "time"

// The old one is set anew.
type drum struct {
	tempo chan time.Duration
	quit  chan struct{}
	pulse *time.Ticker
	n     int
}

func (d *drum) setPulse(every time.Duration) {
	if d.pulse != nil {
		d.pulse.Reset(every)
		return
	}
	d.pulse = time.NewTicker(every)
}

func (d *drum) Play(every time.Duration) {
	d.setPulse(every)
	defer func() { d.pulse.Stop() }()
	for {
		select {
		case <-d.pulse.C:
			d.n++
		case every := <-d.tempo:
			d.setPulse(every)
		case <-d.quit:
			return
		}
	}
}

// The old one is stopped where the new one is asked for.
type bell struct {
	tempo chan time.Duration
	quit  chan struct{}
	pulse *time.Ticker
	n     int
}

func (b *bell) setPulse(every time.Duration) { b.pulse = time.NewTicker(every) }

func (b *bell) Ring(every time.Duration) {
	b.setPulse(every)
	defer func() { b.pulse.Stop() }()
	for {
		select {
		case <-b.pulse.C:
			b.n++
		case every := <-b.tempo:
			b.pulse.Stop()
			b.setPulse(every)
		case <-b.quit:
			return
		}
	}
}

// Each is stopped when the function returns.
type horn struct {
	pulse *time.Ticker
	n     int
}

func (h *horn) setPulse(every time.Duration) { h.pulse = time.NewTicker(every) }

func (h *horn) Blow(all []time.Duration) {
	for _, every := range all {
		h.setPulse(every)
		defer h.pulse.Stop()
		<-h.pulse.C
		h.n++
	}
}

// One of them is made.
type gong struct {
	pulse *time.Ticker
	n     int
}

func (g *gong) setPulse(every time.Duration) { g.pulse = time.NewTicker(every) }

func (g *gong) Strike(isSlow bool) {
	if isSlow {
		g.setPulse(time.Minute)
	} else {
		g.setPulse(time.Second)
	}
	defer func() { g.pulse.Stop() }()
	for range g.pulse.C {
		if g.n++; g.n > 10 {
			return
		}
	}
}

// Others stop it while the loop waits.
type chime struct {
	pulse *time.Ticker
	next  chan time.Duration
	n     int
}

func (c *chime) setPulse(every time.Duration) { c.pulse = time.NewTicker(every) }

func (c *chime) Play() {
	for every := range c.next {
		c.setPulse(every)
		<-c.pulse.C
		c.n++
	}
}

func (c *chime) Silence() { c.pulse.Stop() }
