// Package leaky collects measurements and pushes them in batches.
package leaky

import (
	"errors"
	"sync"
	"time"
)

var errRefused = errors.New("remote refused the batch")

const maxKept = 64

type point struct {
	series string
	value  float64
}

type remote interface {
	push(batch []point) error
}

type overloaded struct {
	mu       sync.Mutex
	refusals int
}

func (o *overloaded) push([]point) error {
	time.Sleep(50 * time.Millisecond)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refusals == 0 {
		return nil
	}
	o.refusals--
	return errRefused
}

type buffer struct {
	remote remote
	size   int
	full   chan []point
	stop   chan struct{}
	ended  chan struct{}

	mu      sync.Mutex
	points  []point
	dropped int
}

func newBuffer(r remote, size int) *buffer {
	b := &buffer{
		remote: r,
		size:   size,
		full:   make(chan []point),
		stop:   make(chan struct{}),
		ended:  make(chan struct{}),
	}
	go b.pushLoop()
	return b
}

func (b *buffer) add(p point) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.points = append(b.points, p)
	if len(b.points) < b.size {
		return
	}
	select { // blocked: blocking-under-lock
	case b.full <- b.points:
		b.points = nil
	case <-b.stop:
	}
}

func (b *buffer) pushLoop() {
	defer close(b.ended)
	for {
		select {
		case batch := <-b.full:
			if err := b.remote.push(batch); err != nil {
				b.restore(batch)
			}
		case <-b.stop:
			return
		}
	}
}

func (b *buffer) restore(batch []point) {
	b.mu.Lock() // blocked: blocking-under-lock
	defer b.mu.Unlock()
	if len(b.points)+len(batch) > maxKept {
		b.dropped += len(batch)
		return
	}
	b.points = append(batch, b.points...)
}

func (b *buffer) close() {
	close(b.stop)
	<-b.ended
}

// Run adds measurements while the remote refuses them.
func Run() {
	b := newBuffer(&overloaded{refusals: 2}, 4)
	defer b.close()
	for i := range 24 {
		b.add(point{series: "cpu", value: float64(i)})
	}
}
