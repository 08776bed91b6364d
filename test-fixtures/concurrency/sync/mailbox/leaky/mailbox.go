// Package leaky is an unbounded mailbox for an actor.
package leaky

import "sync"

// Mailbox queues letters of one kind.
type Mailbox[T any] struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters []T
	closed  bool
}

// New returns an empty mailbox.
func New[T any]() *Mailbox[T] {
	m := new(Mailbox[T])
	m.arrived = sync.NewCond(&m.mu)
	return m
}

// Put adds a letter and tells whether the mailbox still took it.
func (m *Mailbox[T]) Put(letter T) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return false
	}
	m.letters = append(m.letters, letter)
	m.arrived.Signal()
	return true
}

// Take waits for a letter; it returns false when the mailbox is closed and empty.
func (m *Mailbox[T]) Take() (letter T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.letters) == 0 {
		if m.closed {
			return letter, false
		}
		m.arrived.Wait() // blocked: cond-wait
	}
	letter, m.letters = m.letters[0], m.letters[1:]
	return letter, true
}

// Close makes Take return false once all letters are taken.
func (m *Mailbox[T]) Close() {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
}

// Actor starts a goroutine that handles all letters.
func Actor[T any](m *Mailbox[T], handle func(letter T)) {
	go func() {
		for {
			letter, ok := m.Take()
			if !ok {
				return
			}
			handle(letter)
		}
	}()
}
