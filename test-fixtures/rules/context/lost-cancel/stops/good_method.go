package stops

import (
	"context"
	"time"
)

// Somebody else has got the value, and ends it.
type plough struct {
	parked chan struct{}
	rows   int
}

var ploughs []*plough

func (p *plough) pull() {
	for {
		select {
		case <-time.After(time.Second):
			p.rows++
		case <-p.parked:
			return
		}
	}
}

func (p *plough) park() { close(p.parked) }

func hitch() func() {
	p := &plough{parked: make(chan struct{})}
	ploughs = append(ploughs, p)
	go p.pull()
	return p.park
}

func Till(ask func() error) error {
	park := hitch()
	if err := ask(); err != nil {
		for _, p := range ploughs {
			p.park()
		}
		return err
	}
	park()
	return nil
}

// The goroutine notes the value where others find it.
type drill struct {
	raised chan struct{}
	seeds  int
}

var inField = make(chan *drill, 4)

func (d *drill) sow() {
	inField <- d
	for {
		select {
		case <-time.After(time.Second):
			d.seeds++
		case <-d.raised:
			return
		}
	}
}

func (d *drill) Raise() { close(d.raised) }

func lower() func() {
	d := &drill{raised: make(chan struct{})}
	go d.sow()
	return d.Raise
}

type raiser interface{ Raise() }

func Sow(ask func() error) error {
	raise := lower()
	if err := ask(); err != nil {
		var r raiser = <-inField
		r.Raise()
		return err
	}
	raise()
	return nil
}

// Another method lets the goroutine go as well, when there is nothing left.
type cart struct {
	empty chan struct{}
	bales int
}

func (c *cart) unload() {
	for c.bales > 0 {
		c.bales--
	}
	c.tip()
}

func (c *cart) roll() {
	go c.unload()
	for {
		select {
		case <-time.After(time.Second):
		case <-c.empty:
			return
		}
	}
}

func (c *cart) tip() { close(c.empty) }

func rollOut(bales int) func() {
	c := &cart{empty: make(chan struct{}), bales: bales}
	go c.roll()
	return c.tip
}

func Deliver(ask func() error) error {
	tip := rollOut(3)
	if err := ask(); err != nil {
		return err
	}
	tip()
	return nil
}

// The context of the caller ends the goroutine.
type baler struct {
	full  chan struct{}
	bales int
}

func (b *baler) bale(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-b.full:
	}
}

func (b *baler) fill() { close(b.full) }

func startBaler(ctx context.Context) func() {
	b := &baler{full: make(chan struct{})}
	go b.bale(ctx)
	return b.fill
}

func Bale(ask func() error) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	fill := startBaler(ctx)
	if err := ask(); err != nil {
		return err
	}
	fill()
	return nil
}

// The cancel function is called elsewhere, too.
type churn struct {
	rest context.CancelFunc
	kilo int
}

func (c *churn) stir(ctx context.Context) {
	for {
		select {
		case <-time.After(time.Second):
			if c.kilo++; c.kilo > 10 {
				c.rest()
			}
		case <-ctx.Done():
			return
		}
	}
}

func (c *churn) still() { c.rest() }

func startChurn() func() {
	ctx, rest := context.WithCancel(context.Background())
	c := &churn{rest: rest}
	go c.stir(ctx)
	return c.still
}

func Butter(ask func() error) error {
	still := startChurn()
	if err := ask(); err != nil {
		return err
	}
	still()
	return nil
}

// Called on every way.
func Look(ask func() error) error {
	tie := raiseVane(8)
	defer tie()
	return ask()
}
