//go:build go1.21

package timeafterinloop

import "time"

type link struct {
	in    chan event
	quiet time.Duration
}

// The timer goes by the name that its channel had.
func (l *link) pump(handle func(event)) bool {
	for {
		quiet := time.After(l.quiet) // want "makes a timer here"
		select {
		case e, ok := <-l.in:
			if !ok {
				return true
			}
			handle(e)
		case <-quiet:
			return false
		}
	}
}

// Here the name is used for something else, too.
func (l *link) pumpUntil(limit time.Duration, handle func(event)) bool {
	for {
		limit := time.After(limit) // want "makes a timer here"
		select {
		case e := <-l.in:
			handle(e)
		case <-limit:
			return false
		}
	}
}
