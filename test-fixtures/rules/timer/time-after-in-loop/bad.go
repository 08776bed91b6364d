package timeafterinloop

import "time"

type event struct{ name string }

// From Go 1.23 on the timers are garbage at least.
func watch(events <-chan event, quit <-chan struct{}, handle func(event), idle func()) {
	for {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(time.Minute): // want "time-after-in-loop: each turn of the loop on line 9 makes a timer here, and a turn that ends otherwise throws it away unused"
			idle()
		case <-quit:
			return
		}
	}
}

func never(events <-chan event, handle func(event), idle func()) {
	for {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(5 * time.Minute): // want "makes a timer here"
			idle()
		}
	}
}
