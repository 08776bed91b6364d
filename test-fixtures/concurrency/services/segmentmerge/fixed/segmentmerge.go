// Package fixed merges the segments of a store in the background.
package fixed

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// ErrClosed is returned by a closed store.
var ErrClosed = errors.New("store closed")

// Merger merges two segments into one.
type Merger interface {
	Merge(ctx context.Context, older, newer Segment) (Segment, error)
}

// Segment is a sorted run of keys.
type Segment struct {
	ID   int
	Keys []string
}

// Store has segments from the oldest to the newest.
type Store struct {
	merger Merger
	merges sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	segments []Segment
	running  map[int]context.CancelFunc
	failed   int
}

// NewStore returns a store of some segments.
func NewStore(merger Merger, segments ...Segment) *Store {
	return &Store{merger: merger, segments: segments, running: make(map[int]context.CancelFunc)}
}

// MergeOldest merges the two oldest segments that nobody merges yet.
func (s *Store) MergeOldest(parent context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	if len(s.segments) < 2 {
		return nil
	}
	older, newer := s.segments[0], s.segments[1]
	s.segments = slices.Delete(s.segments, 0, 2)
	ctx, cancel := context.WithCancel(parent)
	s.running[older.ID] = cancel
	s.merges.Add(1)
	go s.merge(ctx, older, newer)
	return nil
}

func (s *Store) merge(ctx context.Context, older, newer Segment) {
	defer s.merges.Done()
	merged, err := s.merger.Merge(ctx, older, newer)
	s.finish(older.ID, err)
	if err != nil {
		s.insert(older, newer)
		return
	}
	s.insert(merged)
}

func (s *Store) finish(id int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[id]()
	delete(s.running, id)
	if err != nil {
		s.failed++
	}
}

func (s *Store) insert(segments ...Segment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.segments = slices.Insert(s.segments, 0, segments...)
}

// Segments returns how many there are.
func (s *Store) Segments() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.segments)
}

// Close cancels the merges and waits for them.
func (s *Store) Close() {
	s.cancelAll()
	s.merges.Wait()
}

func (s *Store) cancelAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, cancel := range s.running {
		cancel()
	}
}
