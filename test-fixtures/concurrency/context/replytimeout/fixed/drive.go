package fixed

import "context"

// Drive gets a key that is there and one that is not.
func Drive() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := NewStorage(ctx, func(key string) (string, bool) { return "value", key == "known" })
	_, _ = s.Get(ctx, "known", 0)
	_, _ = s.Get(ctx, "unknown", 0)
}
