package leaky

import (
	"context"
	"errors"
	"time"
)

type refusing struct{}

func (refusing) Dial(context.Context, string) (Session, error) {
	return nil, errors.New("connection refused")
}

// Drive calls a service that nobody can connect to.
func Drive() {
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	c := NewClient(ctx, refusing{}, "10.0.0.9:7000", 20*time.Millisecond)
	defer c.Close()
	_, _ = c.Call("Status")
}
