package replaced

import (
	"context"
	"sync"
)

// A function of the owner goes on with the tap, and asks whether it is still the one of its name.
type brewery struct {
	mu    sync.Mutex
	taps  map[string]*tap
	level map[string]int
}

type tap struct {
	shut context.CancelFunc
	gone chan struct{}
}

func (b *brewery) Open(name string, flow <-chan int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ctx, shut := context.WithCancel(context.Background()) // want "what `b.taps\\[name\\]` held until here is not cancelled: `Open` puts another one in its place"
	t := &tap{shut: shut, gone: make(chan struct{})}
	b.taps[name] = t
	go b.pour(ctx, t, name, flow)
}

func (b *brewery) pour(ctx context.Context, t *tap, name string, flow <-chan int) {
	defer close(t.gone)
	for {
		select {
		case n := <-flow:
			b.mu.Lock()
			if b.taps[name] == t {
				b.level[name] += n
			}
			b.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

func (b *brewery) Shut(name string) {
	b.mu.Lock()
	t := b.taps[name]
	delete(b.taps, name)
	b.mu.Unlock()
	if t != nil {
		t.shut()
		<-t.gone
	}
}
