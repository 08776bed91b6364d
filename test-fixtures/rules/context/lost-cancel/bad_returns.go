package lostcancel

import (
	"context"
	"errors"
)

type rows struct {
	names []string
	stop  context.CancelFunc
}

func feed(ctx context.Context, out chan<- any) {
	defer close(out)
	for ctx.Err() == nil {
		select {
		case out <- "row":
		case <-ctx.Done():
		}
	}
}

// Each of the returns lacks it; the last one hands it on.
func open(ctx context.Context) (*rows, error) {
	tokens := make(chan any)
	ctx, cancel := context.WithCancel(ctx) // want "lost-cancel: `cancel` is not called on every way out"
	go feed(ctx, tokens)
	var names []string
	for token := range tokens {
		switch token := token.(type) {
		case string:
			names = append(names, token)
		case int:
			if token < 0 {
				return nil, errors.New("no rows")
			}
		case error:
			return nil, token
		}
		if len(names) > 10 {
			break
		}
	}
	return &rows{names: names, stop: cancel}, nil
}

// Where the name stands for something else it cannot be called.
func each(ctx context.Context, steps map[string]func() error) (*rows, error) {
	ctx, cancel := context.WithCancel(ctx) // want "lost-cancel: `cancel` is not called on every way out"
	for name, cancel := range steps {
		if ctx.Err() != nil || cancel() != nil {
			return nil, errors.New(name)
		}
	}
	return &rows{stop: cancel}, nil
}
