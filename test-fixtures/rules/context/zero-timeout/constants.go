package zerotimeout

import (
	"context"
	"time"
)

const (
	attempts = 3
	patience = 20
	pause    = 500
)

// Two uses: the number may mean something else elsewhere.
const rounds = 10

func constants(ctx context.Context, try func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience) // want "zero-timeout: `patience` has no unit"
	defer cancel()
	return try(ctx)
}

func retry(try func() error) {
	for n := range attempts {
		if try() == nil {
			return
		}
		if n < rounds {
			time.Sleep(pause) // want "zero-timeout: `pause` has no unit"
		}
	}
	time.Sleep(rounds) // want "zero-timeout: `rounds` has no unit"
}
