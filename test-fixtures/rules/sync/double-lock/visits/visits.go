// Package visits calls functions for each member of a club, with its lock held.
package visits

import "sync"

// Member knows the club.
type Member struct {
	Name string
	club *Club
	mu   sync.Mutex
	fee  int
}

// Leave takes the member off the list.
func (m *Member) Leave() { m.club.strike(m.Name) }

// Owes asks the member alone.
func (m *Member) Owes() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fee
}

// Club has a list.
type Club struct {
	mu      sync.RWMutex
	members map[string]*Member
	guests  []string
}

// NewClub has nobody yet.
func NewClub() *Club { return &Club{members: make(map[string]*Member)} }

// Join puts somebody on the list.
func (c *Club) Join(name string) *Member {
	m := &Member{Name: name, club: c}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.members[name] = m
	return m
}

// Walk goes through the list.
func (c *Club) Walk(visit func(*Member)) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, m := range c.members {
		visit(m)
	}
}

// Invite goes through the guests, who can do nothing.
func (c *Club) Invite(visit func(string)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, g := range c.guests {
		visit(g)
	}
}

// Copied goes through a copy of the list.
func (c *Club) Copied(visit func(*Member)) {
	c.mu.RLock()
	all := make([]*Member, 0, len(c.members))
	for _, m := range c.members {
		all = append(all, m)
	}
	c.mu.RUnlock()
	for _, m := range all {
		visit(m)
	}
}

// Later leaves it to a goroutine of its own.
func (c *Club) Later(visit func(*Member)) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, m := range c.members {
		go visit(m)
	}
}

// Size counts.
func (c *Club) Size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.members)
}

// Ban writes.
func (c *Club) Ban(name string) { c.strike(name) }

func (c *Club) strike(name string) {
	c.mu.Lock() // want "double-lock: `c.mu` is locked again here when `visit` is called at visits.go:48 by a goroutine that holds it"
	defer c.mu.Unlock()
	delete(c.members, name)
}

// Purge is one of its callers.
func Purge(c *Club) {
	c.Walk(func(m *Member) {
		if m.Owes() > 10 {
			m.Leave()
		}
	})
}

// Drop goes through a copy.
func Drop(c *Club) {
	c.Copied(func(m *Member) { m.Leave() })
}
