// Package leaky keeps parcels on a shelf of limited size.
package leaky

import "sync"

// Shelf holds parcels until somebody fetches them.
type Shelf struct {
	mu      sync.Mutex
	filled  *sync.Cond
	freed   *sync.Cond
	parcels []string
	size    int
	shut    bool
}

// NewShelf has room for some parcels.
func NewShelf(size int) *Shelf {
	s := &Shelf{size: size}
	s.filled = sync.NewCond(&s.mu)
	s.freed = sync.NewCond(&s.mu)
	return s
}

// Put waits for room; it reports false when the shelf is shut.
func (s *Shelf) Put(parcel string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.parcels) == s.size && !s.shut {
		s.freed.Wait() // blocked: cond-wait
	}
	if s.shut {
		return false
	}
	s.parcels = append(s.parcels, parcel)
	s.filled.Signal()
	return true
}

// Fetch waits for a parcel; it reports false when the shelf is shut.
func (s *Shelf) Fetch() (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.parcels) == 0 && !s.shut {
		s.filled.Wait()
	}
	if s.shut {
		return "", false
	}
	parcel := s.parcels[0]
	s.parcels = s.parcels[1:]
	s.freed.Signal()
	return parcel, true
}

// Close sends everybody home.
func (s *Shelf) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shut = true
	s.filled.Broadcast()
}
