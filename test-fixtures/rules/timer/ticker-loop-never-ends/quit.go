package tickerloop

import "time"

type gauge struct {
	ticker *time.Ticker
	quit   chan struct{}
	value  func() int
	values chan int
}

func newGauge(every time.Duration, value func() int) *gauge {
	g := &gauge{ticker: time.NewTicker(every), quit: make(chan struct{}), value: value, values: make(chan int)}
	go g.measure() // want "its loop on line 19 waits for `g.ticker.C`"
	return g
}

func (g *gauge) measure() {
	for range g.ticker.C {
		select {
		case g.values <- g.value():
		default:
		}
	}
}

func (g *gauge) Next() (int, bool) {
	select {
	case v := <-g.values:
		return v, true
	case <-g.quit:
		return 0, false
	}
}

func (g *gauge) Stop() {
	g.ticker.Stop()
	close(g.quit)
}
