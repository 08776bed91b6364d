package busyselect

import (
	"context"
	"time"
)

func worker(jobs <-chan func(), done <-chan struct{}) {
	for {
		select {
		case job := <-jobs:
			job()
		case <-done:
			return
		default: // want "busy-select: This `default` does nothing, so the loop on line 9 never waits"
		}
	}
}

func untilCancelled(ctx context.Context) error {
	for {
		select {
		default: // want "busy-select: "
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func again(values chan int, sum *int) {
	for {
		select {
		case v, ok := <-values:
			if !ok {
				return
			}
			*sum += v
		default: // want "busy-select: "
			continue
		}
	}
}

func started(ready chan bool) {
	go func() {
		waiting := true
		for waiting {
			select {
			case <-ready:
				waiting = false
			default: // want "busy-select: "
			}
		}
	}()
}

func limited(out chan<- int, limit time.Duration) bool {
	after := time.After(limit)
	for {
		select {
		case out <- 1:
			return true
		case <-after:
			return false
		default: // want "busy-select: "
			// Nobody has taken it yet.
		}
	}
}

func nothing() {
	for {
		select {
		default: // want "busy-select: "
		}
	}
}
