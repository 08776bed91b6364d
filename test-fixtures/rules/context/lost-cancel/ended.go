package lostcancel

import (
	"context"
	"errors"
)

// The error says that the context is over: there is nothing left to cancel.
func untilCancelled(step func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	for {
		err := step(ctx)
		if errors.Is(err, context.Canceled) {
			ctx, cancel = context.WithCancel(context.Background())
		} else if err != nil {
			cancel()
			return err
		}
	}
}
