package timeafterinloop

import "time"

// One timer for all turns.
func reused(events <-chan event, quit <-chan struct{}, handle func(event), idle func()) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case e := <-events:
			handle(e)
		case <-timer.C:
			idle()
		case <-quit:
			return
		}
	}
}

// Any number that is counted, since the timers are collected.
func countedCollected(events <-chan event, n int, handle func(event)) bool {
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
