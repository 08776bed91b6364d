package library

import (
	"context"
	"errors"
)

type relay struct {
	open  func(ctx context.Context) error
	plain bool
}

// What parks owes an error, and the cause is at hand.
func (r *relay) serve(ctx context.Context) (err error) {
	if err := r.open(ctx); err != nil {
		return err
	}
	if r.plain {
		return nil
	}
	select {}
}

func (r *relay) Background(ctx context.Context) <-chan error {
	res := make(chan error, 1)
	go func() { res <- r.serve(ctx) }() // want "the `select {}` on line 21 waits for nothing and can never go on"
	return res
}

var errNoRoute = errors.New("no route")

// Here the results say nothing of what to answer, so nothing is offered.
func (r *relay) route(ctx context.Context) ([2]int, bool) {
	if r.open(ctx) != nil {
		return [2]int{}, false
	}
	select {}
}

func (r *relay) Routes(ctx context.Context) <-chan error {
	res := make(chan error, 1)
	go func() { // want "the `select {}` on line 37 waits for nothing and can never go on"
		if _, ok := r.route(ctx); !ok {
			res <- errNoRoute
		}
	}()
	return res
}
