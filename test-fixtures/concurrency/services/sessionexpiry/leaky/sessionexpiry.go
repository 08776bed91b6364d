// Package leaky ends sessions that are not renewed in time.
package leaky

import (
	"sync"
	"time"
)

// Listener is told which sessions have ended.
type Listener interface {
	SessionEnded(id string)
}

// Sessions are the open sessions of a node.
type Sessions struct {
	listener Listener
	expired  chan string
	stop     chan struct{}
	stopOnce sync.Once
	ended    sync.WaitGroup

	mu     sync.Mutex
	timers map[string]*time.Timer
}

// NewSessions returns a registry without sessions.
func NewSessions(listener Listener) *Sessions {
	s := &Sessions{
		listener: listener,
		expired:  make(chan string),
		stop:     make(chan struct{}),
		timers:   make(map[string]*time.Timer),
	}
	s.ended.Add(1)
	go s.expire()
	return s
}

// Open adds a session, or renews it.
func (s *Sessions) Open(id string, ttl time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if timer, ok := s.timers[id]; ok && timer.Stop() {
		timer.Reset(ttl)
		return
	}
	s.timers[id] = time.AfterFunc(ttl, func() {
		s.expired <- id // blocked: abandoned-send
	})
}

func (s *Sessions) expire() {
	defer s.ended.Done()
	for {
		select {
		case id := <-s.expired:
			if s.remove(id) {
				s.listener.SessionEnded(id)
			}
		case <-s.stop:
			return
		}
	}
}

func (s *Sessions) remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.timers[id]
	delete(s.timers, id)
	return ok
}

// Count returns the number of open sessions.
func (s *Sessions) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.timers)
}

// Close ends the registry.
func (s *Sessions) Close() {
	s.stopOnce.Do(func() { close(s.stop) })
	s.ended.Wait()
}
