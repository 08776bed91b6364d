// Package leaky counts the requests of a server so that it can be shut down in peace.
package leaky

import (
	"context"
	"fmt"
	"sync"
)

// Requests counts what is under way.
type Requests struct {
	mu       sync.Mutex
	finished *sync.Cond
	active   map[string]int
	total    int
}

// NewRequests returns a counter at zero.
func NewRequests() *Requests {
	r := &Requests{active: make(map[string]int)}
	r.finished = sync.NewCond(&r.mu)
	return r
}

// Begin counts a request for a route; the function it returns has to be called at its end.
func (r *Requests) Begin(route string) func() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.active[route]++
	r.total++
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.active[route]--
		r.total--
		r.finished.Broadcast()
	}
}

// Drain waits until nothing is under way, but not longer than the context lasts.
func (r *Requests) Drain(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.total > 0 && ctx.Err() == nil {
		r.finished.Wait() // blocked: cond-wait
	}
	if r.total > 0 {
		return fmt.Errorf("%d requests are still under way: %w", r.total, context.Cause(ctx))
	}
	return nil
}
