package growingcontext

import (
	"context"
	"time"
)

type (
	orderKey struct{}
	pathKey  struct{}
)

type order struct {
	id    string
	parts []string
}

func withOrder(ctx context.Context, o order) context.Context {
	return context.WithValue(ctx, orderKey{}, o.id)
}

func traced(ctx context.Context, o order) context.Context {
	return withOrder(ctx, o)
}

func hurried(ctx context.Context, each time.Duration) (context.Context, context.CancelFunc) {
	if each <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, each)
}

type kitchen struct {
	next func(context.Context) (order, bool)
	cook func(context.Context, order) error
	each time.Duration
}

func (k *kitchen) serve(ctx context.Context) error {
	for {
		o, ok := k.next(ctx)
		if !ok {
			return nil
		}
		ctx = traced(ctx, o) // want "growing-context: `ctx` is derived from the `ctx` of the turn before: the chain of contexts grows"
		if err := k.cook(ctx, o); err != nil {
			return err
		}
	}
}

func (k *kitchen) all(ctx context.Context, orders []order) error {
	var cancel context.CancelFunc
	for _, o := range orders {
		ctx, cancel = hurried(ctx, k.each) // want "the limit of an early turn of the loop on line 54 ends the contexts of all later ones"
		err := k.cook(ctx, o)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}
