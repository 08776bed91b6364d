package lostcancel

import (
	"context"
	"time"
)

// A context that is over when it is made leaves no timer behind, nor anything with its parent.
func over(parent context.Context) []context.Context {
	epoch, _ := context.WithDeadline(parent, time.Unix(0, 0))
	never, _ := context.WithDeadline(parent, time.Time{})
	before, _ := context.WithDeadline(parent, time.Now().Add(-5*time.Second))
	none, _ := context.WithTimeout(parent, 0)
	negative, _ := context.WithTimeout(parent, -time.Minute)
	return []context.Context{epoch, never, before, none, negative}
}
