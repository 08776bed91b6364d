package leaky

import (
	"context"
	"time"
)

// Drive gives up a call that takes longer than its context.
func Drive() {
	e := NewExecutor("disk", 2)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	release := make(chan struct{})
	_, _ = Do(ctx, e, func() (int, error) { <-release; return 1, nil })
	close(release)
}
