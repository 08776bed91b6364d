//go:build go1.22

package reusetimer

import "time"

func watchBefore(messages <-chan string, quit <-chan struct{}, idle func()) {
	for {
		select {
		case <-messages:
		case <-time.After(time.Minute): // refactor
			idle()
		case <-quit:
			return
		}
	}
}

func turnsBefore(in <-chan int) {
	for {
		limit := time.After(time.Second) // refactor
		select {
		case <-in:
		case <-limit:
			return
		}
	}
}
