package finishers

import "sync"

// Every way ends with a method that lets go.
type ferry struct {
	mu   sync.Mutex
	cars int
}

func (f *ferry) leave() {
	f.cars = 0
	f.mu.Unlock()
}

func (f *ferry) stay() { f.mu.Unlock() }

func (f *ferry) load(cars int) bool {
	f.mu.Lock()
	f.cars += cars
	if f.cars < 10 {
		f.stay()
		return false
	}
	f.leave()
	return true
}

// Who calls it has the lock when it says so, and lets go of it by the same method.
type quay struct {
	mu   sync.Mutex
	ship string
}

func (q *quay) cast() {
	q.ship = ""
	q.mu.Unlock()
}

func (q *quay) tie(ship string) bool {
	q.mu.Lock()
	if q.ship == "" {
		q.ship = ship
		return true
	}
	q.cast()
	return false
}

func visit(q *quay) {
	if q.tie("anna") {
		q.cast()
	}
}

// Anybody may call it.
type Pier struct {
	mu   sync.Mutex
	boat string
}

func (p *Pier) Release() { p.mu.Unlock() }

func (p *Pier) Claim(boat string) bool {
	p.mu.Lock()
	if p.boat != boat {
		return true
	}
	p.Release()
	return false
}

// It is handed on as a value.
type slip struct {
	mu sync.Mutex
	n  int
}

func (s *slip) free() { s.mu.Unlock() }

func (s *slip) take() (func(), bool) {
	s.mu.Lock()
	if s.n > 0 {
		return s.free, true
	}
	s.free()
	return nil, false
}
