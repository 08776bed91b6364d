// Package leaky evicts all pods from a node and tries again where that is refused.
package leaky

import (
	"errors"
	"fmt"
	"sync"
)

var errBudget = errors.New("would violate the disruption budget")

type eviction struct {
	pod     string
	attempt int
	err     error
}

type api interface {
	evict(pod string) error
}

type fakeAPI struct {
	mu      sync.Mutex
	refuse  map[string]int
	evicted []string
}

func (a *fakeAPI) evict(pod string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refuse[pod] > 0 {
		a.refuse[pod]--
		return errBudget
	}
	a.evicted = append(a.evicted, pod)
	return nil
}

type drainer struct {
	api      api
	attempts int
	events   []string

	mu       sync.Mutex
	cordoned map[string]bool
}

func (d *drainer) cordon(node string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cordoned[node] {
		return false
	}
	d.cordoned[node] = true
	return true
}

func (d *drainer) evict(pod string, results chan<- eviction) {
	for attempt := range d.attempts {
		err := d.api.evict(pod)
		results <- eviction{pod, attempt, err} // blocked: wait-before-drain|surplus-senders
		if err == nil {
			return
		}
	}
}

func (d *drainer) drain(node string, pods []string) error {
	if !d.cordon(node) {
		return fmt.Errorf("%s is being drained", node)
	}
	results := make(chan eviction, len(pods))
	var evicting sync.WaitGroup
	for _, pod := range pods {
		evicting.Go(func() { d.evict(pod, results) })
	}
	evicting.Wait() // blocked: wait-before-drain
	close(results)

	left := len(pods)
	for r := range results {
		d.events = append(d.events, fmt.Sprintf("%s: attempt %d: %v", r.pod, r.attempt, r.err))
		if r.err == nil {
			left--
		}
	}
	if left > 0 {
		return fmt.Errorf("%d pods are left on %s", left, node)
	}
	return nil
}

// Run drains a node with a pod that is protected at first.
func Run() {
	a := &fakeAPI{refuse: map[string]int{"db-0": 2}}
	d := &drainer{api: a, attempts: 4, cordoned: make(map[string]bool)}
	if d.drain("node-1", []string{"web-1", "web-2"}) != nil {
		return
	}
	if d.drain("node-2", []string{"db-0", "db-1"}) != nil {
		return
	}
}
