package contextignoredwhileblocking

import (
	"context"
	"sync"
)

type parcel struct{ to string }

// Clients put parcels on the belt and stop it.
type belt struct {
	parcels chan parcel
	ready   chan struct{}
	own     chan int

	mu      sync.Mutex
	stopped bool
}

func newBelt(n int) *belt {
	b := &belt{parcels: make(chan parcel, n), ready: make(chan struct{}), own: make(chan int)}
	go b.count()
	return b
}

func (b *belt) Put(p parcel) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stopped {
		return false
	}
	select {
	case b.parcels <- p:
		return true
	default:
		return false
	}
}

func (b *belt) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.stopped {
		b.stopped = true
		close(b.parcels)
	}
}

func (b *belt) Deliver(ctx context.Context, ring func(string) error) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, ok := <-b.parcels // want "this receive does not give up when `ctx` is done: while nothing is sent on `b.parcels`, it blocks although the loop watches `ctx`"
		if !ok {
			return nil
		}
		if err := ring(p.to); err != nil {
			return err
		}
	}
}

// Looks at both.
func (b *belt) DeliverOrLeave(ctx context.Context, ring func(string) error) error {
	for {
		select {
		case p, ok := <-b.parcels:
			if !ok {
				return nil
			}
			if err := ring(p.to); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// One parcel is one wait: the loop does not come back to it.
func (b *belt) First(ctx context.Context, ring func(string) error) error {
	for ctx.Err() == nil {
		p := <-b.parcels
		return ring(p.to)
	}
	return ctx.Err()
}

// What the package sends by itself comes sooner or later.
func (b *belt) count() {
	for i := range 10 {
		b.own <- i
	}
	close(b.own)
}

func (b *belt) Numbers(ctx context.Context, see func(int)) {
	for ctx.Err() == nil {
		n, ok := <-b.own
		if !ok {
			return
		}
		see(n)
	}
}

// Without a look at the context in the loop, the end of the channel is the end.
func (b *belt) Drain(ctx context.Context, ring func(context.Context, string)) {
	for {
		p, ok := <-b.parcels
		if !ok {
			return
		}
		ring(ctx, p.to)
	}
}

// A circle whose run ends its subscribers with the context.
type circle struct {
	news chan string
}

func newCircle() *circle { return &circle{news: make(chan string)} }

func (h *circle) Run(ctx context.Context) {
	<-ctx.Done()
	close(h.news)
}

func (h *circle) Tell(s string) { h.news <- s }

func (h *circle) Listen(ctx context.Context, hear func(string)) {
	for ctx.Err() == nil {
		s, ok := <-h.news
		if !ok {
			return
		}
		hear(s)
	}
}
