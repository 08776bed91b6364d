package leaky

import (
	"context"
	"errors"
)

// Change is a new value of a key.
type Change struct {
	Key   string
	Value string
}

// Feed gives the changes of a store in their order.
type Feed interface {
	// Next waits for a change; it fails when the context ends.
	Next(ctx context.Context) (Change, error)
}

// Watcher offers changes of a feed under a prefix.
type Watcher struct {
	Feed   Feed
	Accept func(key string) bool
}

func (w *Watcher) changes(ctx context.Context) <-chan Change {
	out := make(chan Change)
	go func() {
		defer close(out)
		for {
			change, err := w.Feed.Next(ctx)
			if err != nil {
				return
			}
			if w.Accept != nil && !w.Accept(change.Key) {
				continue
			}
			out <- change // blocked: producer-outlives-consumer
		}
	}()
	return out
}

// WaitFor returns when the key gets the value.
func (w *Watcher) WaitFor(ctx context.Context, key, value string) error {
	changes := w.changes(ctx)
	for {
		select {
		case change, more := <-changes:
			switch {
			case !more:
				return errors.New("feed has ended")
			case change.Key == key && change.Value == value:
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
