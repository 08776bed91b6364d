// Package leaky compacts a store now and then.
package leaky

import (
	"sync"
	"time"
)

// Settings of a store. Without a pause nothing happens by itself.
type Settings struct {
	Pause   time.Duration
	OnError func(error)
}

// Store can be compacted.
type Store struct {
	settings Settings
	compact  func() error

	once     sync.Once
	stopping chan struct{}
	stopped  chan struct{}
}

// Open opens a store.
func Open(compact func() error, settings Settings) *Store {
	s := &Store{settings: settings, compact: compact, stopping: make(chan struct{}), stopped: make(chan struct{})}
	if settings.Pause > 0 {
		go s.nights()
	}
	return s
}

func (s *Store) nights() {
	defer close(s.stopped)
	pause := time.NewTicker(s.settings.Pause)
	defer pause.Stop()
	for {
		select {
		case <-pause.C:
			s.Compact()
		case <-s.stopping:
			return
		}
	}
}

// Compact compacts the store at once.
func (s *Store) Compact() {
	if err := s.compact(); err != nil && s.settings.OnError != nil {
		s.settings.OnError(err)
	}
}

// Close ends the nightly runs and compacts a last time.
func (s *Store) Close() {
	s.once.Do(func() { close(s.stopping) })
	<-s.stopped // blocked: receive-without-sender
	s.Compact()
}
