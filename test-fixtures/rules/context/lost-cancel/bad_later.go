package lostcancel

import (
	"context"
	"time"
)

func later(parent context.Context, at int64, d time.Duration) []context.Context {
	given, _ := context.WithDeadline(parent, time.Unix(at, 0))              // want "lost-cancel"
	after, _ := context.WithDeadline(parent, time.Now().Add(5*time.Second)) // want "lost-cancel"
	unknown, _ := context.WithTimeout(parent, -d)                           // want "lost-cancel"
	return []context.Context{given, after, unknown}
}
