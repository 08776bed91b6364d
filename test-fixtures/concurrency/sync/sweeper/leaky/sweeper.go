// Package leaky closes sessions that nobody has used for a while.
package leaky

import (
	"sync"
	"time"
)

type session struct {
	mu     sync.Mutex
	pinned bool
	used   time.Time
	closed bool
}

type table struct {
	mu       sync.Mutex
	sessions map[string]*session
	idle     time.Duration
}

func (t *table) open(id string, pinned bool, at time.Time) *session {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &session{pinned: pinned, used: at}
	t.sessions[id] = s
	return s
}

func (t *table) snapshot() []*session {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := make([]*session, 0, len(t.sessions))
	for _, s := range t.sessions {
		list = append(list, s)
	}
	return list
}

func (t *table) sweep(now time.Time) (closed int) {
	for _, s := range t.snapshot() {
		s.mu.Lock() // blocked: missing-unlock
		if s.pinned || s.closed {
			continue
		}
		if now.Sub(s.used) > t.idle {
			s.closed = true
			closed++
		}
		s.mu.Unlock()
	}
	return closed
}

func (s *session) touch(now time.Time) {
	s.mu.Lock() // blocked: missing-unlock
	defer s.mu.Unlock()
	s.used = now
}

// Run sweeps a table with a pinned session and then uses that session.
func Run() {
	start := time.Unix(1_000_000, 0)
	t := &table{sessions: make(map[string]*session), idle: time.Minute}
	admin := t.open("admin", true, start)
	t.open("guest", false, start)
	later := start.Add(time.Hour)
	t.sweep(later)
	admin.touch(later)
}
