package unusedsuppression

import (
	"context"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(n int) {
	c.mu.Lock() //hygiene:ignore missing-unlock the caller unlocks // want "unused-suppression: this comment silences nothing: missing-unlock finds nothing here"
	defer c.mu.Unlock()
	c.n += n
}

func (c *counter) reset() {
	//hygiene:ignore double-lock,missing-unlock the caller unlocks // want "silences nothing: double-lock, missing-unlock finds nothing here"
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
}

func partly(ready bool) {
	var mu sync.Mutex
	//hygiene:ignore missing-unlock,double-lock nobody else has it // want "this comment need not name double-lock, which finds nothing here"
	mu.Lock()
	if ready {
		mu.Unlock()
	}
}

// release lets go of what somebody else has taken.
//
//hygiene:ignore lost-cancel was repaired // want "lost-cancel finds nothing here"
func (c *counter) release() {
	c.mu.Unlock()
}

//hygiene:ignore lost-cancel was repaired // want "lost-cancel finds nothing here"
//go:noinline
func derived(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	return ctx.Err()
}

func wrongLine(ready bool) {
	var mu sync.Mutex
	//hygiene:ignore missing-unlock nobody else has it // want "missing-unlock finds nothing here"
	n := 1

	mu.Lock()
	if ready {
		mu.Unlock()
	}
	_ = n
}
