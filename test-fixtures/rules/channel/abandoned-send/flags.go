package abandonedsend

import "time"

// The loop ends when the flag is set, and that is where the value has been received.
func waitForFlag(probe func()) {
	ended := make(chan struct{})
	go func() {
		defer func() { ended <- struct{}{} }()
		probe()
	}()
	over := false
	for !over {
		time.Sleep(time.Millisecond)
		select {
		case <-ended:
			over = true
		default:
		}
	}
}

// What is not nil has been received.
func waitForBoth(left, right func() *int) int {
	fromLeft := make(chan *int)
	fromRight := make(chan *int)
	go func() { fromLeft <- left() }()
	go func() { fromRight <- right() }()
	var a, b *int
	for {
		if a != nil && b != nil {
			return *a + *b
		}
		time.Sleep(time.Millisecond)
		select {
		case a = <-fromLeft:
		case b = <-fromRight:
		default:
		}
	}
}
