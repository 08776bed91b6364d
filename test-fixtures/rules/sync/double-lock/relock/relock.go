package relock

import (
	"errors"
	"sync"
)

type layer struct{ digest string }

type layers struct {
	fetch func(string) (*layer, error)

	mu    sync.RWMutex
	known map[string]*layer
}

// What is not there is fetched, by a function that locks for itself.
func (s *layers) get(digest string) (*layer, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if l, ok := s.known[digest]; ok {
		return l, nil
	}
	return s.load(digest)
}

func (s *layers) load(digest string) (*layer, error) {
	l, err := s.fetch(digest)
	if err != nil {
		return nil, err
	}
	return s.add(l), nil
}

func (s *layers) add(l *layer) *layer {
	s.mu.Lock() // want "double-lock"
	defer s.mu.Unlock()
	s.known[l.digest] = l
	return l
}

type routes struct {
	mu     sync.Mutex
	stores map[int]string
	leader int
}

func (r *routes) locate() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.leader == 0 {
		return "", errors.New("no leader")
	}
	address, err := r.address(r.leader)
	return "http://" + address, err
}

// All who call it hold the lock.
func (r *routes) address(id int) (string, error) {
	r.mu.Lock() // want "double-lock"
	defer r.mu.Unlock()
	address, ok := r.stores[id]
	if !ok {
		return "", errors.New("no store")
	}
	return address, nil
}

type counter struct {
	mu    sync.Mutex
	count int
	limit int
}

func (c *counter) full() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total() == c.limit
}

// Others call it without the lock.
func (c *counter) total() int {
	c.mu.Lock() // want "double-lock"
	defer c.mu.Unlock()
	return c.count
}

func (c *counter) add() int {
	c.mu.Lock()
	c.count++
	c.limit++
	c.mu.Unlock()
	return c.total()
}

type memo struct {
	mu    sync.Mutex
	items map[string]int
}

// What is computed is stored afterwards, with the lock.
func (m *memo) get(key string) int {
	m.mu.Lock() // want "double-lock"
	defer m.mu.Unlock()
	if v, ok := m.items[key]; ok {
		return v
	}
	v := m.compute(key)
	m.items[key] = v
	return v
}

func (m *memo) compute(key string) int {
	if key == "" {
		return 0
	}
	return 1 + m.get(key[1:])
}
