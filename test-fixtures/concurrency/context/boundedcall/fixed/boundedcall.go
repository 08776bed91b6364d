package fixed

import (
	"context"
	"fmt"
)

// Executor runs calls that know no context.
type Executor struct {
	name  string
	slots chan struct{}
}

// NewExecutor gives an executor that runs at most width calls at a time.
func NewExecutor(name string, width int) *Executor {
	return &Executor{name: name, slots: make(chan struct{}, width)}
}

type outcome[T any] struct {
	value T
	err   error
}

// Do runs the call and waits for it, or for the context.
func Do[T any](ctx context.Context, e *Executor, call func() (T, error)) (T, error) {
	var none T
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return none, fmt.Errorf("%s: no slot: %w", e.name, ctx.Err())
	}
	finished := make(chan outcome[T], 1)
	go func() {
		defer func() { <-e.slots }()
		value, err := call()
		finished <- outcome[T]{value, err}
	}()
	select {
	case o := <-finished:
		return o.value, o.err
	case <-ctx.Done():
		return none, fmt.Errorf("%s: %w", e.name, ctx.Err())
	}
}
