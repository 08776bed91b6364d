package apart

import "time"

type probe struct {
	ticker *time.Ticker
	quit   chan struct{}
	read   func() int
	values chan int
}

func newProbe(every time.Duration, read func() int) *probe {
	p := &probe{ticker: time.NewTicker(every), quit: make(chan struct{}), read: read, values: make(chan int)}
	go p.measure() // want "ticker-loop-never-ends: .*waits for `p.ticker.C`"
	return p
}

func (p *probe) Stop() {
	p.ticker.Stop()
	close(p.quit)
}
