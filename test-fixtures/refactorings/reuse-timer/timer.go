package reusetimer

import "time"

// The cursor may be anywhere on the call; the line begins with the arm.
func watch(messages <-chan string, quit <-chan struct{}, idle func()) {
	for {
		select {
		case <-messages:
		// Nothing came.
		case <-time.After(time.Minute): // refactor
			idle()
		case <-quit:
			return
		}
	}
}

// The limit may change from turn to turn.
func retry(try func() error, quit <-chan struct{}) {
	wait := time.Second
	for try() != nil {
		select {
		case <-time.After(wait): // refactor
			wait *= 2
		case <-quit:
			return
		}
	}
}

// The timer is made before both loops, and the deferred stop is one.
func batches(in <-chan []int, out chan<- int, drop func(int)) {
outer:
	for batch := range in {
		for _, n := range batch {
			select {
			case out <- n:
			case t := <-time.After(3 * time.Second): // refactor
				drop(t.Nanosecond())
				continue outer
			}
		}
	}
}

// One channel for several selects of a turn.
func turns(in, more <-chan int, timer func()) {
	for {
		// For the whole turn.
		limit := time.After(time.Second) // refactor
		select {
		case <-in:
		case <-limit:
			return
		}
		select {
		case <-more:
		case <-limit:
			timer()
			return
		}
	}
}

// It never returns.
func forever(in <-chan int) {
	for {
		select {
		case <-in:
		case <-time.After(time.Duration(5) * time.Second): // refactor
		}
	}
}
