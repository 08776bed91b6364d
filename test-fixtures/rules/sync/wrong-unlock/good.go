package wrongunlock

func (s *store) lookup(key string) int {
	s.mu.RLock()
	n, ok := s.items[key]
	s.mu.RUnlock()
	if ok {
		return n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = 1
	return 1
}

// Called with the lock.
func (s *store) downgraded(do func()) {
	s.mu.Unlock()
	s.mu.RLock()
	do()
	s.mu.RUnlock()
	s.mu.Lock()
}

// Called with the lock, which it has again at the end.
func (c *counter) without(do func()) {
	c.mu.Unlock()
	defer c.mu.Lock()
	do()
}

func (c *counter) paused(do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	func() {
		c.mu.Unlock()
		defer c.mu.Lock()
		do()
	}()
}

func (s *store) either(write bool) {
	if write {
		s.mu.Lock()
	} else {
		s.mu.RLock()
	}
	if write {
		s.mu.Unlock()
	} else {
		s.mu.RUnlock()
	}
}

func (s *store) tried() bool {
	if !s.mu.TryLock() {
		return false
	}
	s.mu.Unlock()
	s.mu.RLock()
	defer s.mu.RUnlock()
	return true
}

func two(a, b *store) {
	a.mu.RLock()
	b.mu.Lock()
	b.items, a.items = a.items, b.items
	b.mu.Unlock()
	a.mu.RUnlock()
}

func moving(list []*store) {
	s := list[0]
	s.mu.RLock()
	held := s
	s = list[1]
	s.mu.Unlock()
	held.mu.RUnlock()
}

// The closure that unlocks is for who calls with the lock for writing.
func (s *store) closures() (read int, release func()) {
	s.mu.RLock()
	read = len(s.items)
	s.mu.RUnlock()
	return read, func() { s.mu.Unlock() }
}

func (s *store) exclusive(write bool) {
	if write {
		s.mu.Unlock()
		return
	}
	s.mu.RLock()
	s.mu.RUnlock()
}

type gate struct{ held int }

func (g *gate) RLock()  { g.held++ }
func (g *gate) Unlock() { g.held-- }

func ownType(g *gate) {
	g.RLock()
	defer g.Unlock()
}
