package fixed

import (
	"context"
	"time"
)

// Drive shuts down while one of two requests hangs.
func Drive() {
	r := NewRequests()
	_ = r.Begin("/events")
	r.Begin("/login")()
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_ = r.Drain(ctx)
}
