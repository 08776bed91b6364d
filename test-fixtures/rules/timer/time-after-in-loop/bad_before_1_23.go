//go:build go1.21

package timeafterinloop

import "time"

type server struct {
	events  chan event
	quit    chan struct{}
	timeout time.Duration
}

func (s *server) run(handle func(event), idle func()) {
	for {
		select {
		case e := <-s.events:
			handle(e)
		case <-time.After(s.timeout): // want "each turn of the loop on line 14 makes a timer here, and a turn that ends otherwise leaves it behind: it stays in memory until its s.timeout have passed"
			idle()
		case <-s.quit:
			return
		}
	}
}

// The loop ends when the events do.
func drain(events <-chan event, idle func()) (n int) {
loop:
	for {
		select {
		case _, ok := <-events:
			if !ok {
				break loop
			}
			n++
		case <-time.After(30 * time.Second): // want "makes a timer here"
			idle()
			return n
		}
	}
	return n
}

// With a variable, and a limit that the loop works out.
func variable(events <-chan event, limits map[string]time.Duration, handle func(event)) {
	name := ""
	for {
		limit := limits[name]
		timeout := time.After(limit) // want "makes a timer here"
		select {
		case e := <-events:
			name = e.name
			handle(e)
		case <-timeout:
			return
		}
	}
}

// Below the select, somewhere in the loop.
func conditional(events <-chan event, busy func() bool, handle func(event)) {
	for busy() {
		if len(events) > 0 {
			select {
			case e := <-events:
				handle(e)
			case <-time.After(2 * time.Second): // want "makes a timer here"
			}
		}
	}
}

// A loop in a loop: the timer is made before both.
func nested(sources []chan event, busy func() bool, handle func(event)) {
	for _, source := range sources {
		for busy() {
			select {
			case e := <-source:
				handle(e)
			case <-time.After(time.Hour): // want "makes a timer here"
				return
			}
		}
	}
}

// They do not stay long: a hint.
func short(events <-chan event, quit <-chan struct{}, handle func(event)) {
	for {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(50 * time.Millisecond): // want "makes a timer here"
		case <-quit:
			return
		}
	}
}
