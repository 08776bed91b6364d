package fixed

import (
	"context"
	"time"
)

// Drive visits two items.
func Drive() {
	_ = Each(context.Background(), []string{"first", "second"}, time.Millisecond, func(string) {})
}
