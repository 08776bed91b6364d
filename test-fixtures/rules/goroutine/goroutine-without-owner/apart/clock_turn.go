package apart

import "time"

func (c *Clock) turn(every time.Duration) {
	for {
		select {
		case <-time.After(every):
			c.hands["minute"]++
		}
	}
}
