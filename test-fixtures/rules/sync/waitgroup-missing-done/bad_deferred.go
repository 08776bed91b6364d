package waitgroupmissingdone

import (
	"context"
	"sync"
)

// kitchen cooks in as many pans as there are.
type kitchen struct {
	ctx    context.Context
	stop   context.CancelFunc
	pans   chan struct{}
	orders sync.WaitGroup
}

func (k *kitchen) order(cook func()) {
	k.orders.Add(1)
	go k.serve(cook) // want "waitgroup-missing-done: the goroutine returns on line 25 without `k.orders.Done\\(\\)`"
}

func (k *kitchen) serve(cook func()) {
	select {
	case k.pans <- struct{}{}:
	case <-k.ctx.Done():
		return
	}
	// The pan is free again.
	defer func() {
		<-k.pans
		// The guest has gone.
		k.orders.Done()
	}()
	cook()
}

func (k *kitchen) shut() {
	k.stop()
	k.orders.Wait()
}

// bakery counts first.
type bakery struct {
	ctx    context.Context
	stop   context.CancelFunc
	ovens  chan struct{}
	loaves sync.WaitGroup
}

func (b *bakery) order(bake func()) {
	b.loaves.Add(1)
	go b.serve(bake)
}

func (b *bakery) serve(bake func()) {
	defer b.loaves.Done()
	select {
	case b.ovens <- struct{}{}:
	case <-b.ctx.Done():
		return
	}
	defer func() { <-b.ovens }()
	bake()
}

func (b *bakery) shut() {
	b.stop()
	b.loaves.Wait()
}
