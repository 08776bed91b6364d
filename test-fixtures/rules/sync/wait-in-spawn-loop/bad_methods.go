package waitinspawnloop

import (
	"sync"
	"sync/atomic"
)

type bench struct {
	finished sync.WaitGroup
	total    atomic.Int64
	slowest  int
}

func (b *bench) client(id int) {
	defer b.finished.Done()
	b.total.Add(int64(id))
}

func (b *bench) timed(id int) {
	defer b.finished.Done()
	b.slowest = max(b.slowest, id)
}

// The goroutines run a method.
func (b *bench) run(clients int) int64 {
	for id := range clients {
		b.finished.Add(1)
		go b.client(id)
		b.finished.Wait() // want "wait-in-spawn-loop"
	}
	return b.total.Load()
}

// Run at the same time they would race.
func (b *bench) time(clients int) int {
	for id := range clients {
		b.finished.Add(1)
		go b.timed(id)
		b.finished.Wait() // want "wait-in-spawn-loop"
	}
	return b.slowest
}
