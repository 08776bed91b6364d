package editor

import (
	"context"
	"errors"
	"time"
)

// Fetch forgets cancel on its early return.
func Fetch(parent context.Context, address string) error {
	ctx, cancel := context.WithCancel(parent)
	if address == "" {
		return errors.New("no address")
	}
	err := Wait(ctx, time.Second)
	cancel()
	return err
}
