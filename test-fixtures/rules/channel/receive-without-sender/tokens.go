package receivewithoutsender

import (
	"context"
	"time"
)

// Tokens are handed out while a context lasts; who waits for one has it, too.
type Tokens struct{ free chan struct{} }

func NewTokens(ctx context.Context, burst int, pace time.Duration) *Tokens {
	t := &Tokens{free: make(chan struct{}, burst)}
	go t.fill(ctx, pace)
	return t
}

func (t *Tokens) fill(ctx context.Context, pace time.Duration) {
	ticks := time.NewTicker(pace)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			select {
			case t.free <- struct{}{}:
			default:
			}
		}
	}
}

// Take takes n tokens.
func (t *Tokens) Take(ctx context.Context, n int) error {
	for range n {
		<-t.free // want "receive-without-sender: this receive from `t.free` may wait for ever"
	}
	return nil
}
