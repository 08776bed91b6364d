package turnstile

import (
	"context"
	"sync"
)

// Winches bounds how many ships are pulled at a time.
type Winches struct {
	reel chan struct{}
	idle chan struct{}
	log  chan struct{}
}

// NewWinches has n winches.
func NewWinches(n int) *Winches {
	return &Winches{reel: make(chan struct{}, n), idle: make(chan struct{}, n), log: make(chan struct{}, n)}
}

// Rent waits for a winch, which is busy until the function is called.
func (t *Winches) Rent() (dismiss func()) {
	t.reel <- struct{}{}
	return func() { <-t.reel }
}

// RentWithin gives up with the context.
func (t *Winches) RentWithin(ctx context.Context) (func(), error) {
	select {
	case t.idle <- struct{}{}:
		return sync.OnceFunc(func() { <-t.idle }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Report leaves a note that somebody else takes.
func (t *Winches) Report() (done func()) {
	t.log <- struct{}{}
	return func() { <-t.log }
}

// Read takes the notes.
func (t *Winches) Read() {
	for range t.log {
	}
}

// Busy counts.
func (t *Winches) Busy() int { return len(t.reel) }
