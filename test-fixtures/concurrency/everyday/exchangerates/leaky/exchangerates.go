// Package leaky keeps exchange rates and fetches each of them once only.
package leaky

import (
	"fmt"
	"sync"
)

// Rates remembers what it has fetched.
type Rates struct {
	Fetch func(currency string) (float64, error)

	mu       sync.Mutex
	known    map[string]float64
	fetching map[string]chan struct{}
}

// Get returns the rate of a currency; while another call fetches it, it waits for that call.
func (r *Rates) Get(currency string) (float64, error) {
	for {
		r.mu.Lock()
		if rate, ok := r.known[currency]; ok {
			r.mu.Unlock()
			return rate, nil
		}
		ready, busy := r.fetching[currency]
		if !busy {
			ready = make(chan struct{})
			if r.fetching == nil {
				r.fetching = make(map[string]chan struct{})
			}
			r.fetching[currency] = ready
			r.mu.Unlock()
			return r.fetch(currency, ready)
		}
		r.mu.Unlock()
		<-ready // blocked: close-skipped|receive-without-sender
	}
}

func (r *Rates) fetch(currency string, ready chan struct{}) (float64, error) {
	rate, err := r.Fetch(currency)

	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.fetching, currency)
	if err != nil {
		return 0, fmt.Errorf("rate of %s: %w", currency, err)
	}
	if r.known == nil {
		r.known = make(map[string]float64)
	}
	r.known[currency] = rate
	close(ready)
	return rate, nil
}
