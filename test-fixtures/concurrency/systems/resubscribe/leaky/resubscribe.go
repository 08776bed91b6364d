// Package leaky follows the changes of a table and starts again from another position when it is asked to.
package leaky

import (
	"context"
	"sync"
	"sync/atomic"
)

type record struct {
	offset int
	value  string
}

type topic struct {
	mu      sync.RWMutex
	records []string
}

func (t *topic) add(values ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.records = append(t.records, values...)
}

func (t *topic) read(offset int) (record, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if offset >= len(t.records) {
		return record{}, false
	}
	return record{offset, t.records[offset]}, true
}

type subscription struct {
	topic *topic

	mu      sync.Mutex
	records chan record
	cancel  context.CancelFunc
	closed  bool
	sent    atomic.Int64
}

func subscribe(ctx context.Context, t *topic, offset int) *subscription {
	s := &subscription{topic: t}
	s.seek(ctx, offset)
	return s
}

func (s *subscription) seek(parent context.Context, offset int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	ctx, cancel := context.WithCancel(parent)
	s.records, s.cancel = make(chan record), cancel
	go s.pump(ctx, s.records, offset)
}

func (s *subscription) pump(ctx context.Context, out chan<- record, offset int) {
	defer close(out)
	for {
		r, ok := s.topic.read(offset)
		if !ok {
			return
		}
		select { // blocked: producer-outlives-consumer|abandoned-send
		case out <- r:
			s.sent.Add(1)
			offset++
		case <-ctx.Done():
			return
		}
	}
}

func (s *subscription) next() (record, bool) {
	s.mu.Lock()
	records := s.records
	s.mu.Unlock()
	r, ok := <-records
	return r, ok
}

func (s *subscription) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.cancel()
}

// Run reads a record and then starts once more from the beginning.
func Run() {
	t := new(topic)
	t.add("insert", "update", "delete")
	s := subscribe(context.Background(), t, 0)
	defer s.close()
	for range 2 {
		if r, ok := s.next(); !ok || r.value == "delete" {
			return
		}
		s.seek(context.Background(), 0)
	}
}
