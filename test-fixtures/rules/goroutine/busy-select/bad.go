package busyselect

import (
	"context"
	"sync/atomic"
	"time"
)

func worker(jobs <-chan func(), done <-chan struct{}) {
	for {
		select {
		case job := <-jobs:
			job()
		case <-done:
			return
		default: // want "busy-select: This `default` does nothing, so the loop on line 10 never waits"
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

type outbox struct {
	lines chan string
	quit  chan struct{}
	limit int
	full  atomic.Bool
	send  func([]string)
}

// Nothing is due most of the time.
func (o *outbox) run() {
	var held []string
	for {
		select {
		case line := <-o.lines:
			held = append(held, line)
		case <-o.quit:
			return
		default: // want "does something only when `len\\(held\\) >= o.limit`"
			if len(held) >= o.limit {
				o.send(held)
				held = nil
			}
		}
	}
}

func (o *outbox) runFlag() {
	for {
		select {
		case <-o.quit:
			return
		default: // want "only when `o.full.Load\\(\\)`"
			if o.full.Load() {
				return
			}
			continue
		}
	}
}

func (o *outbox) collect() {
	var held []string
	for {
		select {
		case line := <-o.lines:
			held = append(held, line)
		case <-o.quit:
			return
		default: // want "does nothing as long as `len\\(lines\\) == 0`"
			held = o.flushed(held)
		}
	}
}

func (o *outbox) flushed(lines []string) []string {
	if len(lines) == 0 {
		return lines
	}
	o.send(lines)
	return nil
}

func (o *outbox) drainWhenFull() {
	for {
		select {
		case <-o.quit:
			return
		default: // want "only when `o.full.Load\\(\\)`"
			o.drain()
		}
	}
}

func (o *outbox) drain() {
	if o.full.Load() {
		o.send(nil)
	}
}
