package contextnotpropagated

import "context"

// All that call it have is a context that nobody ends.
func stockOf(ctx context.Context, inv inventory, sku string) (int, error) {
	if err := inv.Reserve(ctx, sku); err != nil {
		return 0, err
	}
	return inv.Count(context.Background(), sku) // want hint "context-not-propagated: `inv.Count` runs under `context.Background\\(\\)`"
}

func sumOfTwo(ctx context.Context, inv inventory) (int, error) {
	a, err := stockOf(ctx, inv, "a")
	if err != nil {
		return 0, err
	}
	b, err := stockOf(context.TODO(), inv, "b") // want hint "context-not-propagated: `stockOf` runs under `context.TODO\\(\\)`"
	return a + b, err
}

// Sums is where the context comes from.
func Sums(inv inventory) (int, error) {
	ctx := context.WithValue(context.Background(), sumKey{}, "sums")
	return sumOfTwo(ctx, inv)
}

type sumKey struct{}

// One of its callers can be cancelled.
func reserveAndCount(ctx context.Context, inv inventory, sku string) (int, error) {
	if err := inv.Reserve(ctx, sku); err != nil {
		return 0, err
	}
	return inv.Count(context.Background(), sku) // want "context-not-propagated: `inv.Count` runs under `context.Background\\(\\)`"
}

// Counts has a context from its caller for one of the two.
func Counts(ctx context.Context, inv inventory) (int, error) {
	a, err := reserveAndCount(ctx, inv, "a")
	if err != nil {
		return 0, err
	}
	b, err := reserveAndCount(context.Background(), inv, "b") // want "context-not-propagated: `reserveAndCount` runs under `context.Background\\(\\)`"
	return a + b, err
}
