package busyselect

import "testing"

func TestSpin(t *testing.T) {
	done := make(chan bool, 1)
	go func() { done <- true }()
	for {
		select {
		case <-done:
			return
		default: // want "busy-select: "
		}
	}
}
