package makers

import (
	"context"
	"errors"
	"time"
)

var errUnknown = errors.New("unknown")

type limits struct {
	ends map[string]time.Time
	each time.Duration
}

type caller struct {
	limits limits
	send   func(ctx context.Context, name string) error
}

func (l limits) of(ctx context.Context, name string) (context.Context, context.CancelFunc) {
	if end, ok := l.ends[name]; ok {
		return context.WithDeadline(ctx, end)
	}
	return context.WithTimeout(ctx, l.each)
}

func unlimited(ctx context.Context) (context.Context, context.CancelFunc) {
	return ctx, func() {}
}
