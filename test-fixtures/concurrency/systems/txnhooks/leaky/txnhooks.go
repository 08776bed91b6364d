// Package leaky is a transaction manager with hooks that run before a commit.
package leaky

import (
	"fmt"
	"sync"
)

type txn struct {
	id     int
	writes map[string]string
	hooks  []func(*txn) error
}

func (t *txn) beforeCommit(hook func(*txn) error) {
	t.hooks = append(t.hooks, hook)
}

type manager struct {
	mu     sync.Mutex
	nextID int
	active map[int]*txn
	values map[string]string
}

func newManager() *manager {
	return &manager{active: make(map[int]*txn), values: make(map[string]string)}
}

func (m *manager) begin() *txn {
	m.mu.Lock() // blocked: missing-unlock
	defer m.mu.Unlock()
	m.nextID++
	t := &txn{id: m.nextID, writes: make(map[string]string)}
	m.active[t.id] = t
	return t
}

func (m *manager) commit(t *txn) error {
	m.mu.Lock() // blocked: missing-unlock
	for _, hook := range t.hooks {
		if err := hook(t); err != nil {
			delete(m.active, t.id)
			m.mu.Unlock()
			return err
		}
	}
	for key, value := range t.writes {
		m.values[key] = value
	}
	delete(m.active, t.id)
	m.mu.Unlock()
	return nil
}

type session struct {
	manager *manager
	hook    func(*txn) error
	failed  []error
}

func (s *session) execute(writes map[string]string) {
	defer func() {
		if cause := recover(); cause != nil {
			s.failed = append(s.failed, fmt.Errorf("internal error: %v", cause))
		}
	}()
	t := s.manager.begin()
	t.beforeCommit(s.hook)
	for key, value := range writes {
		t.writes[key] = value
	}
	if err := s.manager.commit(t); err != nil {
		s.failed = append(s.failed, err)
	}
}

// Run executes a transaction whose hook panics, and one more.
func Run() {
	audit := map[string][]string{"x": {"alice"}}
	s := &session{manager: newManager(), hook: func(t *txn) error {
		for key := range t.writes {
			if owner := audit[key][0]; owner == "" {
				return fmt.Errorf("%s has no owner", key)
			}
		}
		return nil
	}}
	s.execute(map[string]string{"x": "1"})
	s.execute(map[string]string{"y": "2"})
	s.execute(map[string]string{"x": "3"})
}
