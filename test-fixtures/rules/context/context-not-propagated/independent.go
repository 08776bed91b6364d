package contextnotpropagated

import (
	"context"
	"time"
)

type store struct{ inv inventory }

// Stopping goes on, perhaps, although the one who asks for it has gone.
func (s *store) Stop(ctx context.Context) error {
	n, err := s.inv.Count(context.Background(), "open") // want hint "context-not-propagated: `s.inv.Count` runs under"
	if n == 0 {
		return err
	}
	return s.inv.Reserve(ctx, "closing")
}

type hub interface {
	Batch(ctx context.Context, work func(ctx context.Context))
}

// It has no result: perhaps it only starts the function, or hands it values.
func batched(ctx context.Context, h hub, inv inventory) error {
	h.Batch(context.Background(), func(ctx context.Context) { // want hint "context-not-propagated: `h.Batch` runs under"
		_ = inv.Reserve(ctx, "batched")
	})
	return inv.Reserve(ctx, "alone")
}

type records interface {
	Transaction(ctx context.Context, work func(ctx context.Context) error) error
}

// It has a result, so that it waits for the function.
func recorded(ctx context.Context, r records, inv inventory) error {
	err := r.Transaction(context.TODO(), func(ctx context.Context) error { // want "context-not-propagated: `r.Transaction` runs under"
		return inv.Reserve(ctx, "recorded")
	})
	return firstOf(err, inv.Reserve(ctx, "alone"))
}

// The cancel is deferred, but nobody listens to the context of the function.
func deafFollow(ctx context.Context, f feed, seen func(string)) error {
	inner, cancel := context.WithCancel(context.Background()) // want "context-not-propagated: `context.WithCancel` derives"
	defer cancel()
	events, err := f.Events(inner)
	if err != nil {
		return err
	}
	for e := range events {
		seen(e)
	}
	return ctx.Err()
}

// The wait under the inner context comes after the select.
func followThenCount(ctx context.Context, inv inventory, ready <-chan struct{}) (int, error) {
	inner, cancel := context.WithTimeout(context.Background(), time.Minute) // want "context-not-propagated: `context.WithTimeout` derives"
	defer cancel()
	select {
	case <-ready:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	return inv.Count(inner, "ready")
}

// A cancel that is not called at once.
func cancelledLate(ctx context.Context, inv inventory) (int, error) {
	late, cancel := context.WithCancel(context.Background()) // want "context-not-propagated: `context.WithCancel` derives"
	n, err := inv.Count(late, "late")
	cancel()
	return n, firstOf(err, ctx.Err())
}
