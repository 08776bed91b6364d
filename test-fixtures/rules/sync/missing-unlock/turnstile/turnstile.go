// Package turnstile lets one at a time through to a berth, for other packages.
package turnstile

import (
	"errors"
	"sync"
)

// ErrFull is returned where nobody gets through.
var ErrFull = errors.New("full")

type berth struct {
	mu      sync.Mutex
	waiting int
}

// Quay has berths by number.
type Quay struct {
	mu     sync.Mutex
	berths map[int]*berth
	plan   sync.RWMutex
	crane  sync.Mutex
	pilot  sync.Mutex
	tides  sync.Mutex
}

// Enter waits until the berth is free and returns the function that frees it.
func (q *Quay) Enter(number int) (leave func()) {
	q.mu.Lock()
	b := q.berths[number]
	if b == nil {
		b = &berth{}
		q.berths[number] = b
	}
	b.waiting++
	q.mu.Unlock()

	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		q.mu.Lock()
		b.waiting--
		q.mu.Unlock()
	}
}

// Read lets others read the plan, too, until done is called.
func (q *Quay) Read(limit int) (done func(), err error) {
	if limit == 0 {
		return nil, ErrFull
	}
	q.plan.RLock()
	return q.plan.RUnlock, nil
}

// Lift takes the crane. Down lets go of it as well.
func (q *Quay) Lift() (down func()) {
	q.crane.Lock()
	return func() { q.crane.Unlock() }
}

// Down lets go of the crane.
func (q *Quay) Down() { q.crane.Unlock() }

// Watch calls back; nothing is locked when it returns.
func (q *Quay) Watch() (stop func()) {
	q.pilot.Lock()
	defer q.pilot.Unlock()
	return func() {
		q.pilot.Lock()
		q.pilot.Unlock()
	}
}

// Ebb locks only at times.
func (q *Quay) Ebb(low bool) (rise func()) {
	if low {
		q.tides.Lock()
		return q.tides.Unlock
	}
	return func() {}
}

func (q *Quay) swap(from, to int) error {
	leave := q.Enter(from) // want "`q.Enter` locks and leaves it to `leave` to unlock"
	if from == to {
		return ErrFull
	}
	leave()
	return nil
}
