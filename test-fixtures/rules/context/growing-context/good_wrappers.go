package growingcontext

import (
	"context"
	"slices"
)

// A variable of each turn.
func (k *kitchen) serveEach(ctx context.Context) error {
	for {
		o, ok := k.next(ctx)
		if !ok {
			return nil
		}
		ctx := withOrder(ctx, o)
		if err := k.cook(ctx, o); err != nil {
			return err
		}
	}
}

// It adds to what is there: that is what the turns are for.
func into(ctx context.Context, part string) context.Context {
	path, _ := ctx.Value(pathKey{}).([]string)
	return context.WithValue(ctx, pathKey{}, append(slices.Clone(path), part))
}

func (k *kitchen) descend(ctx context.Context, o order) error {
	for _, part := range o.parts {
		ctx = into(ctx, part)
		if err := k.cook(ctx, order{id: part}); err != nil {
			return err
		}
	}
	return nil
}

// The first stays.
func once1(ctx context.Context, o order) context.Context {
	if ctx.Value(orderKey{}) != nil {
		return ctx
	}
	return context.WithValue(ctx, orderKey{}, o.id)
}

func (k *kitchen) named(ctx context.Context, orders []order) error {
	for _, o := range orders {
		ctx = once1(ctx, o)
		if err := k.cook(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// As many values as there are keys.
func keyed(ctx context.Context, key, value any) context.Context {
	return context.WithValue(ctx, key, value)
}

func (k *kitchen) annotated(ctx context.Context, notes map[orderKey]string) error {
	for key, note := range notes {
		ctx = keyed(ctx, key, note)
		if err := k.cook(ctx, order{id: note}); err != nil {
			return err
		}
	}
	return nil
}

// What comes out has nothing to do with what went in.
func fresh(_ context.Context, o order) context.Context {
	return context.WithValue(context.Background(), orderKey{}, o.id)
}

func (k *kitchen) detached(ctx context.Context, orders []order) error {
	for _, o := range orders {
		ctx = fresh(ctx, o)
		if err := k.cook(ctx, o); err != nil {
			return err
		}
	}
	return nil
}
