// Package fixed asks meters for their readings over one line that all share.
package fixed

import (
	"errors"
	"sync"
	"time"
)

// Reading is what a meter says, sometimes without being asked.
type Reading struct {
	Meter string
	Value int
}

// ErrSilent says that a meter has not answered in time.
var ErrSilent = errors.New("the meter does not answer")

// Line connects meters with those who ask for their readings.
type Line struct {
	Request  func(meter string)
	Patience time.Duration

	mu     sync.Mutex
	asking map[string]chan int
}

// Ask returns the reading of a meter.
func (l *Line) Ask(meter string) (int, error) {
	reply := make(chan int, 1)
	l.mu.Lock()
	if l.asking == nil {
		l.asking = make(map[string]chan int)
	}
	l.asking[meter] = reply
	l.mu.Unlock()
	l.Request(meter)
	select {
	case value := <-reply:
		return value, nil
	case <-time.After(l.Patience):
		l.take(meter)
		return 0, ErrSilent
	}
}

// take returns the channel of the one who asks for a meter, nil when nobody does, and forgets it.
func (l *Line) take(meter string) chan int {
	l.mu.Lock()
	defer l.mu.Unlock()
	reply := l.asking[meter]
	delete(l.asking, meter)
	return reply
}

// Dispatch hands out readings until there are no more.
func (l *Line) Dispatch(readings <-chan Reading) {
	for r := range readings {
		if reply := l.take(r.Meter); reply != nil {
			reply <- r.Value
		}
	}
}
