package leaky

import (
	"context"
	"time"
)

// Drive resigns as a leader that was deposed and as one that was not.
func Drive() {
	Lead(context.Background(), 1, time.Minute, func(context.Context, uint64) error { return ErrDeposed }).Resign()
	Lead(context.Background(), 2, time.Minute, func(context.Context, uint64) error { return nil }).Resign()
}
