package fixed

import (
	"context"
	"time"
)

type slow struct{}

func (slow) Add(string, int) error {
	time.Sleep(50 * time.Millisecond)
	return nil
}

// Drive gives up on a reading that takes long.
func Drive() {
	b := NewBook(slow{})
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	_, _ = b.Store(ctx, "cellar", 7)
	time.Sleep(100 * time.Millisecond)
	b.Close()
}
