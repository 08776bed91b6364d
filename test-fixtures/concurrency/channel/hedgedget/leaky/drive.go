package leaky

import "time"

// Drive hedges a backend that answers late.
func Drive() {
	answered := make(chan struct{})
	h := &Hedger{Delay: 10 * time.Millisecond, Backends: []Backend{
		func(string) (string, error) { <-answered; return "late", nil },
		func(string) (string, error) { return "fast", nil },
	}}
	_, _ = h.Get("k")
	close(answered)
}
