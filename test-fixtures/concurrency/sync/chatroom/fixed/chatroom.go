// Package fixed is a chat room whose sessions leave by themselves.
package fixed

import (
	"strings"
	"sync"
)

// Room has the sessions that are in it.
type Room struct {
	mu       sync.Mutex
	sessions map[*Session]bool
	format   func(line string) string
}

// NewRoom returns an empty room.
func NewRoom(format func(line string) string) *Room {
	return &Room{sessions: make(map[*Session]bool), format: format}
}

// Session is one person's connection.
type Session struct {
	mu      sync.Mutex
	room    *Room
	pending []string
	flush   func(text string)
}

// Join adds a session that hands what it has left to flush at its end.
func (r *Room) Join(flush func(text string)) *Session {
	s := &Session{room: r, flush: flush}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions[s] = true
	return s
}

// Say sends a line to all sessions.
func (r *Room) Say(line string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := r.format(line)
	for s := range r.sessions {
		s.enqueue(text)
	}
}

func (r *Room) remove(s *Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sessions, s)
}

func (s *Session) enqueue(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pending = append(s.pending, text)
}

// Close leaves the room.
func (s *Session) Close() {
	s.mu.Lock()
	s.flush(strings.Join(s.pending, "\n"))
	s.pending = nil
	s.mu.Unlock()
	s.room.remove(s)
}
