// Package mill tells others of its flour, with its lock held.
package mill

import "sync"

// Customer hears of flour.
type Customer interface{ Ground(kind string) }

// Mill has flour.
type Mill struct {
	mu        sync.Mutex
	sacks     map[string]int
	customers []Customer
	quiet     []Customer
}

// New has none.
func New() *Mill { return &Mill{sacks: make(map[string]int)} }

// Tell adds one who hears of it.
func (m *Mill) Tell(c Customer) { m.customers = append(m.customers, c) }

// TellLater adds one who hears of it when the mill is open again.
func (m *Mill) TellLater(c Customer) { m.quiet = append(m.quiet, c) }

// Take takes a sack.
func (m *Mill) Take(kind string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sacks[kind] == 0 {
		return false
	}
	m.sacks[kind]--
	return true
}

// Grind adds a sack.
func (m *Mill) Grind(kind string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sacks[kind]++
	for _, c := range m.customers {
		c.Ground(kind)
	}
}

// Sift adds a sack, and tells of it afterwards.
func (m *Mill) Sift(kind string) {
	m.mu.Lock()
	m.sacks[kind]++
	m.mu.Unlock()
	for _, c := range m.quiet {
		c.Ground(kind)
	}
}
