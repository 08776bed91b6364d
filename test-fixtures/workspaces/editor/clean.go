// Package editor is edited by the tests of the extension.
package editor

import (
	"context"
	"time"
)

// Wait returns when d has passed or ctx is done.
func Wait(ctx context.Context, d time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-ctx.Done()
	return ctx.Err()
}
