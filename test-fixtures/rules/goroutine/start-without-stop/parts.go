package startwithoutstop

import "time"

// What runs in the background is a part of others.
type engine struct {
	orders chan int
	quit   chan struct{}
	ended  chan struct{}
}

func (e *engine) Start(cook func(int)) {
	e.orders, e.quit, e.ended = make(chan int), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(e.ended)
		for {
			select {
			case n := <-e.orders:
				cook(n)
			case <-e.quit:
				return
			}
		}
	}()
}

func (e *engine) Stop() {
	close(e.quit)
	<-e.ended
}

type kitchen struct {
	engine
	served int
}

func (k *kitchen) order(n int) {
	k.orders <- n
	k.served++
}

// closeUp ends it by the name of the part.
func (k *kitchen) closeUp() { k.engine.Stop() }

func serveAll(orders []int, cook func(int)) int {
	k := &kitchen{}
	k.Start(cook) // want "start-without-stop: `k.Start` leaves a goroutine running, the function ends on line 51 without `k.Stop\\(\\)`"
	for _, n := range orders {
		k.order(n)
	}
	return k.served
}

func serveOne(cook func(int)) {
	var k kitchen
	k.Start(cook)
	defer k.Stop()
	k.order(1)
}

func serveTwo(cook func(int)) {
	k := &kitchen{}
	k.Start(cook)
	k.order(2)
	k.closeUp()
}

func serveThree(cook func(int)) {
	k := &kitchen{}
	k.Start(cook)
	k.order(3)
	k.engine.Stop()
}

func halt(e *engine) { e.Stop() }

func serveFour(cook func(int)) {
	k := &kitchen{}
	k.Start(cook)
	k.order(4)
	halt(&k.engine)
}

// The engine is lent: whoever lends it stops it.
type stall struct {
	*engine
}

func serveLent(e *engine, cook func(int)) {
	s := &stall{engine: e}
	s.Start(cook)
}

// A blinker is told how to blink before it starts.
type blinker struct {
	every time.Duration
	blink sink
	quit  chan struct{}
	all   *[]*blinker
}

func newBlinker(blink sink) *blinker {
	return &blinker{blink: blink, every: time.Minute, quit: make(chan struct{})}
}

func (b *blinker) slow(d time.Duration) *blinker {
	b.every = d
	return b
}

// listed has the list keep it.
func (b *blinker) listed() *blinker {
	*b.all = append(*b.all, b)
	return b
}

// other gives whatever is there first.
func (b *blinker) other() *blinker {
	if len(*b.all) > 0 {
		return (*b.all)[0]
	}
	return b
}

func (b *blinker) Start() error {
	if err := b.blink.put(nil); err != nil {
		return err
	}
	go func() {
		t := time.NewTicker(b.every)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				_ = b.blink.put([]int{1})
			case <-b.quit:
				return
			}
		}
	}()
	return nil
}

func (b *blinker) Stop() { close(b.quit) }

func blinkDuring(s sink, job func() error) error {
	b := newBlinker(s).slow(time.Second)
	if err := b.Start(); err != nil { // want "`b.Start` leaves a goroutine running"
		return err
	}
	return job()
}

func blinkUntilDone(s sink, job func() error) error {
	b := newBlinker(s).slow(time.Second)
	if err := b.Start(); err != nil {
		return err
	}
	defer b.Stop()
	return job()
}

func blinkListed(s sink, job func() error) error {
	b := newBlinker(s).listed()
	if err := b.Start(); err != nil {
		return err
	}
	return job()
}

func blinkOther(s sink, job func() error) error {
	b := newBlinker(s).other()
	if err := b.Start(); err != nil {
		return err
	}
	return job()
}
