package wrongunlock

import "sync"

type store struct {
	mu    sync.RWMutex
	items map[string]int
}

func (s *store) get(key string) int {
	s.mu.RLock()
	defer s.mu.Unlock() // want "wrong-unlock: `s.mu` is only locked for reading here \\(line 11\\)"
	return s.items[key]
}

func (s *store) set(key string, n int) {
	s.mu.Lock()
	defer s.mu.RUnlock() // want "wrong-unlock: `s.mu` is locked for writing here \\(line 17\\)"
	s.items[key] = n
}

func (s *store) find(key string) (int, bool) {
	s.mu.RLock()
	n, ok := s.items[key]
	if !ok {
		s.mu.RUnlock()
		return 0, false
	}
	s.mu.Unlock() // want "wrong-unlock: .*only locked for reading"
	return n, true
}

func (s *store) count() (n int) {
	s.mu.RLock()
	defer func() {
		s.mu.Unlock() // want "wrong-unlock: .*only locked for reading"
	}()
	for range s.items {
		n++
	}
	return n
}

type embedded struct {
	sync.RWMutex
	names []string
}

func (e *embedded) add(name string) {
	e.Lock()
	e.names = append(e.names, name)
	e.RUnlock() // want "wrong-unlock: .*locked for writing"
}

var shared sync.RWMutex

func each(do func()) {
	for range 3 {
		shared.RLock()
		do()
		shared.Unlock() // want "wrong-unlock: `shared` is only locked for reading"
	}
}

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Lock() // want "wrong-unlock: `c.mu` is locked on line 71 and never unlocked here"
	c.n++
}

func (s *store) size() int {
	s.mu.RLock()
	defer s.mu.RLock() // want "wrong-unlock: .*locked for reading on line 77 and never unlocked"
	return len(s.items)
}
