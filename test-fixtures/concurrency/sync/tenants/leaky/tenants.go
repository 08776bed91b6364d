// Package leaky answers how many requests a tenant may make.
package leaky

import "sync"

type tenant struct {
	plan  string
	limit int
}

// Store has the tenants and the limits of their plans.
type Store struct {
	mu      sync.RWMutex
	tenants map[string]tenant
	plans   map[string]int
	observe func(name string)
}

// NewStore returns a store that calls observe for each question.
func NewStore(observe func(name string)) *Store {
	return &Store{tenants: make(map[string]tenant), plans: make(map[string]int), observe: observe}
}

// SetPlan changes the limit of a plan.
func (s *Store) SetPlan(plan string, limit int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plans[plan] = limit
}

// Enroll puts a tenant on a plan; a limit other than 0 goes before that of the plan.
func (s *Store) Enroll(name, plan string, limit int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tenants[name] = tenant{plan: plan, limit: limit}
}

// PlanLimit returns the limit of a plan.
func (s *Store) PlanLimit(plan string) int {
	s.mu.RLock() // blocked: double-lock
	defer s.mu.RUnlock()
	return s.plans[plan]
}

// Limit returns the limit of a tenant.
func (s *Store) Limit(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t := s.tenants[name]
	s.observe(name)
	if t.limit != 0 {
		return t.limit
	}
	return s.PlanLimit(t.plan)
}
