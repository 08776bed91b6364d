// Package leaky measures an operation with several clients that start at the same moment.
package leaky

import (
	"sync"
	"sync/atomic"
)

type operation func(client int) int64

type bench struct {
	ready    sync.WaitGroup
	finished sync.WaitGroup
	total    atomic.Int64
	op       operation
}

func newBench(op operation) *bench {
	return &bench{op: op}
}

func (b *bench) line() {
	b.ready.Done()
	b.ready.Wait()
}

func (b *bench) client(id int) {
	defer b.finished.Done()
	b.line()
	b.total.Add(b.op(id))
}

func (b *bench) measure(clients int) int64 {
	b.ready.Add(clients)
	for id := range clients {
		b.finished.Add(1)
		go b.client(id)
		b.finished.Wait() // blocked: wait-in-spawn-loop
	}
	return b.total.Load()
}

func square(client int) int64 {
	return int64(client) * int64(client)
}

// Run measures a cheap operation with three clients.
func Run() {
	b := newBench(square)
	if b.measure(3) != 5 {
		panic("a client is missing")
	}
}
