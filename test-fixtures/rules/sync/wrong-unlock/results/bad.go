package results

import (
	"errors"
	"sync"
)

var errRegion = errors.New("region")

// The lock is taken by a function that returns what it guards.
type region struct {
	mu    sync.RWMutex
	names map[string]int
}

type atlas struct{ regions [4]*region }

func (a *atlas) toRead(n int) *region {
	r := a.regions[n%4]
	r.mu.RLock()
	return r
}

func (a *atlas) toWrite(n int) (*region, error) {
	if n < 0 {
		return nil, errRegion
	}
	r := a.regions[n%4]
	r.mu.Lock()
	return r, nil
}

func (a *atlas) find(n int, name string) int {
	r := a.toRead(n)
	defer r.mu.Unlock() // want "wrong-unlock: `r.mu` is only locked for reading here"
	return r.names[name]
}

func (a *atlas) set(n int, name string) error {
	r, err := a.toWrite(n)
	if err != nil {
		return err
	}
	r.names[name] = n
	r.mu.RUnlock() // want "wrong-unlock: "
	return nil
}
