package growingcontext

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

type requestID struct{}

type message struct{ id string }

func perMessage(ctx context.Context, messages <-chan message, handle func(context.Context, message)) {
	for m := range messages {
		ctx = context.WithValue(ctx, requestID{}, m.id) // want "growing-context: `ctx` is derived from the `ctx` of the turn before: the chain of contexts grows with each turn of the loop on line 15"
		handle(ctx, m)
	}
}

func retries(ctx context.Context, try func(context.Context) error) (err error) {
	var cancel context.CancelFunc
	for range 3 {
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "the limit of an early turn of the loop on line 23 ends the contexts of all later ones"
		err = try(ctx)
		cancel()
		if err == nil {
			return nil
		}
	}
	return err
}

func inSelect(parent context.Context, messages <-chan message, quit <-chan struct{}, handle func(context.Context)) {
	ctx := parent
	for {
		select {
		case m := <-messages:
			ctx = context.WithValue(ctx, requestID{}, m.id) // want "`ctx` is derived from the `ctx` of the turn before"
			handle(ctx)
		case <-quit:
			return
		}
	}
}

func batches(ctx context.Context, batches [][]func() error) error {
	var g *errgroup.Group
	for _, batch := range batches {
		g, ctx = errgroup.WithContext(ctx) // want "once one turn of the loop on line 49 has cancelled its context, all later turns start with one that is over"
		for _, job := range batch {
			g.Go(func() error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				return job()
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
	}
	return nil
}

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (w *worker) restart(run func(context.Context)) {
	for {
		w.ctx, w.cancel = context.WithCancel(w.ctx) // want "`w.ctx` is derived from the `w.ctx` of the turn before: once one turn"
		run(w.ctx)
		w.cancel()
	}
}

// The last one is needed after the loop: there is nothing to declare in it.
func last(ctx context.Context, names []string, handle func(context.Context)) context.Context {
	for _, name := range names {
		ctx = context.WithValue(ctx, requestID{}, name) // want "`ctx` is derived from"
		handle(ctx)
	}
	return ctx
}

// The inner loop leaves what the outer one goes on with.
func nested(ctx context.Context, rounds int, names []string, handle func(context.Context)) {
	for range rounds {
		for _, name := range names {
			ctx = context.WithValue(ctx, requestID{}, name) // want "grows with each turn of the loop on line 90"
			handle(ctx)
		}
	}
}

// Whether a message has a deadline is asked anew on each turn: one of them ends all that come later.
func whatComes(ctx context.Context, next func(context.Context) (*request, error)) error {
	for {
		req, err := next(ctx)
		if err != nil {
			return err
		}
		if limit := req.limit; limit > 0 {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, limit) // want "the limit of an early turn of the loop on line 100 ends the contexts of all later ones"
			defer cancel()
		}
		req.run(ctx)
	}
}

type request struct {
	limit time.Duration
	user  *string
	run   func(context.Context)
}

func known(ctx context.Context, requests <-chan request, names map[string]string) {
	for req := range requests {
		if user := req.user; user != nil {
			ctx = context.WithValue(ctx, requestID{}, *user) // want "grows with each turn of the loop on line 121"
		} else if name, ok := names["default"]; ok {
			ctx = context.WithValue(ctx, requestID{}, name)
		}
		req.run(ctx)
	}
}
