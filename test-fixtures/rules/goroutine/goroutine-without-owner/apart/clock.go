package apart

import "time"

func NewClock(every time.Duration) *Clock {
	c := &Clock{hands: map[string]int{}}
	go c.turn(every) // want "goroutine-without-owner: `NewClock` starts a goroutine that goes on"
	return c
}
