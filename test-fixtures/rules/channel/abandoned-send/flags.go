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

// A deferred function that only looks at what was received changes nothing.
func waitForBothAndClose(left, right func() *handle) {
	fromLeft := make(chan *handle)
	fromRight := make(chan *handle)
	go func() { fromLeft <- left() }()
	go func() { fromRight <- right() }()
	var a, b *handle
	defer func() {
		if a != nil {
			a.close()
		}
		if b != nil {
			b.close()
		}
	}()
	for {
		if a != nil && b != nil {
			return
		}
		time.Sleep(time.Millisecond)
		select {
		case a = <-fromLeft:
		case b = <-fromRight:
		default:
		}
	}
}

// One that sets it may have done so before anything was received.
func waitUnlessSet(probe func() *handle, started func(func())) {
	result := make(chan *handle)
	go func() {
		result <- probe() // want "abandoned-send: "
	}()
	var h *handle
	started(func() { h = new(handle) })
	for h == nil {
		time.Sleep(time.Millisecond)
		select {
		case h = <-result:
		default:
		}
	}
}

type handle struct{ open bool }

func (h *handle) close() { h.open = false }
