package fixed

import (
	"context"
	"sync"
)

type frame struct {
	stream int
	last   bool
}

type decoder struct {
	wire   <-chan frame
	frames chan frame
}

// decode passes frames on until the last one or the end of the context.
func (d *decoder) decode(ctx context.Context) {
	defer close(d.frames)
	for {
		select {
		case <-ctx.Done():
			return
		case f := <-d.wire:
			if f.stream < 0 {
				continue
			}
			d.frames <- f
			if f.last {
				return
			}
		}
	}
}

type counter struct {
	mu    sync.Mutex
	total map[int]int
}

func (c *counter) count(frames <-chan frame, done func()) {
	defer done()
	for f := range frames {
		c.mu.Lock()
		c.total[f.stream]++
		c.mu.Unlock()
	}
}

// Run decodes one stream that ends and one that is cancelled.
func Run() {
	c := &counter{total: make(map[int]int)}
	var ended sync.WaitGroup
	for _, cut := range []bool{false, true} {
		ctx, cancel := context.WithCancel(context.Background())
		wire := make(chan frame)
		d := &decoder{wire: wire, frames: make(chan frame)}
		ended.Add(1)
		go d.decode(ctx)
		go c.count(d.frames, ended.Done)
		wire <- frame{stream: 1}
		wire <- frame{stream: -1}
		if !cut {
			wire <- frame{stream: 1, last: true}
		}
		cancel()
	}
	ended.Wait()
}
