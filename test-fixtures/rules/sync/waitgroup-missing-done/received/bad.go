package received

import (
	"errors"
	"sync"
)

var errFull = errors.New("full")

// A helper counts down, but not on every way.
type kitchen struct {
	orders  chan *order
	pending sync.WaitGroup
	closed  bool
}

type order struct {
	table int
	void  bool
}

func openKitchen() *kitchen {
	k := &kitchen{orders: make(chan *order, 8)}
	for range 4 {
		go k.cook()
	}
	return k
}

func (k *kitchen) Take(o *order) {
	k.pending.Add(1)
	k.orders <- o
}

func (k *kitchen) cook() {
	for o := range k.orders {
		k.prepare(o)
	}
}

func (k *kitchen) prepare(o *order) {
	if o.void {
		return // want "this way drops what was received, which `k.pending` counts since it was sent, without `k.pending.Done\\(\\)`"
	}
	println(o.table)
	k.pending.Done()
}

func (k *kitchen) Close() {
	k.pending.Wait()
	close(k.orders)
}

// The loop goes on with the next one.
type laundry struct {
	bags chan string
	quit chan struct{}
	open sync.WaitGroup
}

func openLaundry() *laundry {
	l := &laundry{bags: make(chan string), quit: make(chan struct{})}
	go l.wash()
	return l
}

func (l *laundry) Bring(bag string) error {
	if bag == "" {
		return errFull
	}
	l.open.Add(1)
	select {
	case l.bags <- bag:
		return nil
	case <-l.quit:
		l.open.Done()
		return errFull
	}
}

func (l *laundry) wash() {
	for {
		select {
		case bag := <-l.bags:
			if bag == "lost" {
				continue
			}
			println(bag)
			l.open.Done()
		case <-l.quit:
			return
		}
	}
}

func (l *laundry) Finish() {
	l.open.Wait() // want "this wait for `l.open` may last for ever: `l.open` is counted up more often than those who are left count it down"
	close(l.quit)
}
