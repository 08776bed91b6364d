//go:build go1.21

package timeafterinloop

import (
	"context"
	"errors"
	"time"
)

// Whoever does not wait for the timer leaves the loop.
func retry(ctx context.Context, try func() error, pause time.Duration) error {
	for {
		if err := try(); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func poll(quit <-chan struct{}, check func() bool) bool {
	for !check() {
		select {
		case <-quit:
			return false
		case <-time.After(time.Second):
			continue
		}
	}
	return true
}

// Nothing else is waited for.
func pace(send func(), n int) {
	for i := 0; i < n; i++ {
		send()
		<-time.After(time.Second)
	}
}

// A few times.
func three(events <-chan event) error {
	for i := 0; i < 3; i++ {
		select {
		case <-events:
		case <-time.After(10 * time.Second):
			return errors.New("too late")
		}
	}
	for range [2]int{} {
		select {
		case <-events:
		case <-time.After(10 * time.Second):
			return errors.New("too late")
		}
	}
	return nil
}

// One limit for the whole loop.
func together(events <-chan event, handle func(event)) {
	limit := time.After(time.Minute)
	for {
		select {
		case e := <-events:
			handle(e)
		case <-limit:
			return
		}
	}
}

// The limit is waited for before the next is made.
func waits(events <-chan event, handle func(event)) {
	for {
		limit := time.After(time.Minute)
		select {
		case e := <-events:
			handle(e)
		default:
		}
		<-limit
	}
}

// Somebody else has the channel.
func passed(events <-chan event, handle func(event, <-chan time.Time)) {
	for e := range events {
		limit := time.After(time.Minute)
		handle(e, limit)
	}
}

// No loop of its own: each call of the literal makes one.
func literals(events []chan event, run func(func())) {
	for _, ch := range events {
		run(func() {
			select {
			case <-ch:
			case <-time.After(time.Minute):
			}
		})
	}
}

// The loop is left after the first event.
func once(events <-chan event, idle func()) event {
	for {
		select {
		case e := <-events:
			return e
		case <-time.After(time.Minute):
			idle()
		}
	}
}

// As many as there are events.
func counted(events <-chan event, n int, handle func(event)) bool {
	for i := 0; i < n; i++ {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(10 * time.Second):
			return false
		}
	}
	return true
}

func each(sources map[string]chan event, handle func(event)) {
	for _, source := range sources {
		select {
		case e := <-source:
			handle(e)
		case <-time.After(10 * time.Second):
		}
	}
}

// The other way on ends the loop.
func triggered(trigger chan struct{}, dying <-chan struct{}, pause time.Duration, work func()) {
	for range trigger {
		select {
		case <-dying:
			close(trigger)
		case <-time.After(pause):
			work()
		}
	}
}

// Where the channel is ready once, another select of the loop leaves it.
func stopsAtTheTop(quit <-chan struct{}, pause time.Duration, try func() error) {
	for {
		select {
		case <-quit:
			return
		default:
		}
		if try() != nil {
			select {
			case <-quit:
			case <-time.After(pause):
			}
		}
	}
}
