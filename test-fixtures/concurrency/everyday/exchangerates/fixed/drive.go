package fixed

import (
	"errors"
	"sync"
	"time"
)

// Drive asks for the same rate twice while the bank is closed.
func Drive() {
	started, closed := make(chan struct{}), make(chan struct{})
	var first sync.Once
	r := &Rates{Fetch: func(string) (float64, error) {
		first.Do(func() { close(started) })
		<-closed
		return 0, errors.New("the bank is closed")
	}}
	go func() { _, _ = r.Get("CHF") }()
	<-started
	go func() { _, _ = r.Get("CHF") }()
	time.Sleep(200 * time.Millisecond)
	close(closed)
}
