package readers

import "sync"

type album struct {
	mu     sync.RWMutex
	photos map[string]int
}

func (a *album) Put(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.photos[name]++
}

func (a *album) Len() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.photos)
}

// It lets go of the lock before.
func (a *album) Describe(name string) (int, int) {
	a.mu.RLock()
	n := a.photos[name]
	a.mu.RUnlock()
	return n, a.Len()
}

// Another one.
func (a *album) Larger(b *album) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.photos) > b.Len()
}

// Whoever runs that does not wait for it here.
func (a *album) Report(done chan<- int) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	go func() { done <- a.Len() }()
}

// Nobody ever writes.
type atlas struct {
	mu   sync.RWMutex
	maps []string
}

func (a *atlas) Count() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.maps)
}

func (a *atlas) IsEmpty() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.Count() == 0
}
