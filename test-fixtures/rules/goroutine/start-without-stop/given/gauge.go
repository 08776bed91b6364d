package given

import (
	"context"
	"errors"
	"time"
)

var errDry = errors.New("no water")

// A gauge reads the level of a river until it is closed.
type gauge struct {
	levels chan int
	quit   chan struct{}
	read   func() (int, error)
	seen   int
}

// River has gauges.
type River struct {
	read   func() (int, error)
	gauges []*gauge
}

// Gauge starts one.
func (r *River) Gauge() *gauge {
	g := &gauge{levels: make(chan int), quit: make(chan struct{}), read: r.read}
	go g.measure()
	return g
}

func newGauge(read func() (int, error)) (*gauge, error) {
	if read == nil {
		return nil, errDry
	}
	g := &gauge{levels: make(chan int), quit: make(chan struct{}), read: read}
	if err := g.begin(); err != nil {
		return nil, err
	}
	return g, nil
}

func (r *River) keptGauge() *gauge {
	g := &gauge{levels: make(chan int), quit: make(chan struct{}), read: r.read}
	r.gauges = append(r.gauges, g)
	go g.measure()
	return g
}

func gaugeIf(live bool) *gauge {
	g := &gauge{levels: make(chan int), quit: make(chan struct{})}
	if live {
		go g.measure()
	}
	return g
}

func gaugeUntil(ctx context.Context, read func() (int, error)) *gauge {
	g := &gauge{levels: make(chan int), quit: make(chan struct{}), read: read}
	go func() {
		select {
		case <-g.quit:
		case <-ctx.Done():
		}
	}()
	return g
}

func gaugeOnce(read func() (int, error)) *gauge {
	g := &gauge{levels: make(chan int, 1), quit: make(chan struct{}), read: read}
	go func() {
		v, _ := g.read()
		g.levels <- v
	}()
	return g
}

func (g *gauge) begin() error {
	if _, err := g.read(); err != nil {
		return err
	}
	go g.measure()
	return nil
}

func (g *gauge) measure() {
	for {
		v, _ := g.read()
		select {
		case g.levels <- v:
		case <-g.quit:
			return
		}
	}
}

func (g *gauge) Levels() <-chan int { return g.levels }

func (g *gauge) Close() { close(g.quit) }

func (g *gauge) high(v int) bool { g.seen++; return v > 100 }

// wait gives up when the context ends.
func (r *River) wait(ctx context.Context) error {
	g := r.Gauge() // want "`r.Gauge` leaves a goroutine running, the function ends on line 114 without `g.Close\\(\\)`"
	for {
		select {
		case v := <-g.Levels():
			if g.high(v) {
				g.Close()
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (r *River) first() int {
	g := r.Gauge() // want "`r.Gauge` leaves a goroutine running"
	return <-g.levels
}

func (r *River) rise(limit int) int {
	g := r.Gauge() // want "`r.Gauge` leaves a goroutine running"
	levels := g.Levels()
	for v := range levels {
		switch {
		case v > limit:
			return v
		case v < 0:
			g.Close()
			return -1
		}
	}
	return 0
}

func flood(read func() (int, error), warn func() error) error {
	g, err := newGauge(read) // want "`newGauge` leaves a goroutine running, the function ends on line 145"
	if err != nil {
		return err
	}
	if err := warn(); err != nil {
		return err
	}
	<-g.levels
	g.Close()
	return nil
}

func (r *River) eachHour(n int) {
	for i := 0; i < n; i++ {
		g := r.Gauge() // want "the loop comes round to it again without `g.Close\\(\\)`"
		if v := <-g.levels; v == 0 {
			time.Sleep(time.Hour)
			continue
		}
		g.Close()
	}
}

func (r *River) deferred(ctx context.Context) int {
	g := r.Gauge()
	defer g.Close()
	select {
	case v := <-g.Levels():
		return v
	case <-ctx.Done():
		return 0
	}
}

func (r *River) kept(ctx context.Context) error {
	g := r.keptGauge()
	<-g.levels
	return ctx.Err()
}

func conditional() int {
	g := gaugeIf(false)
	return g.seen
}

func untilContext(ctx context.Context, read func() (int, error)) int {
	g := gaugeUntil(ctx, read)
	return g.seen
}

func once(read func() (int, error)) int {
	g := gaugeOnce(read)
	return <-g.levels
}

func (r *River) handedOn(each func(<-chan int)) {
	g := r.Gauge()
	each(g.Levels())
}

func (r *River) channelGiven() <-chan int {
	g := r.Gauge()
	levels := g.Levels()
	return levels
}

func (r *River) closed(onEnd func(func())) int {
	g := r.Gauge()
	onEnd(g.Close)
	return <-g.levels
}

func (r *River) put(into map[string]*gauge) {
	g := r.Gauge()
	into["north"] = g
}

func (r *River) afterwards(free <-chan struct{}) int {
	g := r.Gauge()
	go func() {
		<-free
		g.Close()
	}()
	return <-g.levels
}
