// want-all

package together

import "context"

func work() {}

// Started here: the start is what to look at.
func Background(ctx context.Context) {
	go func() { // want "goroutine-never-exits: "
		work()
		select {}
	}()
}

func parked(ctx context.Context) {
	work()
	select {}
}

func StartParked(ctx context.Context) {
	go parked(ctx) // want "goroutine-never-exits: "
}

// On the caller's goroutine.
func Run(ctx context.Context) error {
	work()
	select {} // want "empty-select: "
}
