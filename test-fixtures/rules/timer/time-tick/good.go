package timetick

import "time"

// Collected when the function has returned.
func collected(quit <-chan struct{}, report func()) {
	tick := time.Tick(time.Second)
	for {
		select {
		case <-tick:
			report()
		case <-quit:
			return
		}
	}
}

func ranged(n int, report func()) {
	for range time.Tick(time.Second) {
		report()
		if n--; n == 0 {
			return
		}
	}
}

// The loop is left after the one tick.
func once(messages <-chan string, handle func(string)) {
	for {
		if len(messages) > 0 {
			handle(<-messages)
			continue
		}
		<-time.Tick(time.Second)
		return
	}
}
