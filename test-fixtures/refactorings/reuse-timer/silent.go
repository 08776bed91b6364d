package reusetimer

import "time"

func once(in <-chan int) {
	select {
	case <-in:
	case <-time.After(time.Second): // not offered
	}
}

// The limit is known within the loop only.
func each(limits []time.Duration, in <-chan int) {
	for _, limit := range limits {
		select {
		case <-in:
		case <-time.After(limit): // not offered
		}
	}
}

// It would be asked for once more than before.
func asked(limit func() time.Duration, in <-chan int) {
	for {
		select {
		case <-in:
		case <-time.After(limit()): // not offered
		}
	}
}

// It waits for the timer and nothing else.
func sleeping(n int, in <-chan int) {
	for range n {
		select {
		case <-in:
			<-time.After(time.Second) // not offered
		}
	}
}

// The channel goes elsewhere.
func passed(wait func(<-chan time.Time), in <-chan int) {
	for range in {
		limit := time.After(time.Second) // not offered
		wait(limit)
	}
}

// A jump comes back to the select, and would find the timer that has fired.
func jumping(in <-chan int, more func() bool) {
	for {
	again:
		select {
		case <-in:
		case <-time.After(time.Second): // not offered
			if more() {
				goto again
			}
		}
	}
}
