// Package fixed writes checkpoints of a store in the background.
package fixed

import (
	"maps"
	"sync"
)

// Store is a map with checkpoints.
type Store struct {
	mu    sync.Mutex
	saved *sync.Cond
	data  map[string]string
	disk  map[string]string
	count int
}

// New returns an empty store.
func New() *Store {
	s := &Store{data: make(map[string]string)}
	s.saved = sync.NewCond(&s.mu)
	return s
}

// Set changes a key.
func (s *Store) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data[key] = value
}

func (s *Store) save() {
	s.mu.Lock()
	s.disk = maps.Clone(s.data)
	s.count++
	s.mu.Unlock()
	s.saved.Broadcast()
}

// Checkpoint saves the store while prune throws old files away, and returns the number of the checkpoint.
func (s *Store) Checkpoint(prune func() error) (int, error) {
	s.mu.Lock()
	before := s.count
	s.mu.Unlock()

	go s.save()
	if err := prune(); err != nil {
		return before, err
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	for s.count == before {
		s.saved.Wait()
	}
	return s.count, nil
}
