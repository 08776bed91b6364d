// Package leaky is a key-value store whose writers wait while too much is only in memory.
package leaky

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type budget struct {
	mu    sync.Mutex
	room  *sync.Cond
	used  int
	limit int
}

func newBudget(limit int) *budget {
	b := &budget{limit: limit}
	b.room = sync.NewCond(&b.mu)
	return b
}

func (b *budget) reserve(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.used+n > b.limit {
		b.room.Wait() // blocked: blocking-under-lock|cond-wait
	}
	b.used += n
}

func (b *budget) release(n int) {
	b.mu.Lock()
	b.used -= n
	b.mu.Unlock()
	b.room.Broadcast()
}

type store struct {
	memory *budget

	mu     sync.Mutex
	rows   map[string]string
	size   int
	tables []string

	cancel  context.CancelFunc
	flusher sync.WaitGroup
}

func open(parent context.Context, limit int) *store {
	ctx, cancel := context.WithCancel(parent)
	s := &store{memory: newBudget(limit), rows: make(map[string]string), cancel: cancel}
	s.flusher.Go(func() { s.flushLoop(ctx) })
	return s
}

func (s *store) put(key, value string) {
	n := len(key) + len(value)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory.reserve(n)
	s.rows[key] = value
	s.size += n
}

func (s *store) flushLoop(ctx context.Context) {
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			s.flush()
		case <-ctx.Done():
			return
		}
	}
}

func (s *store) flush() {
	s.mu.Lock()
	n := s.size
	if n > 0 {
		s.tables = append(s.tables, fmt.Sprintf("%06d.sst", len(s.tables)))
		s.rows, s.size = make(map[string]string), 0
	}
	s.mu.Unlock()
	s.memory.release(n)
}

func (s *store) close() {
	s.cancel()
	s.flusher.Wait()
}

// Run writes more than fits into memory.
func Run() {
	s := open(context.Background(), 64)
	defer s.close()
	for i := range 20 {
		s.put(fmt.Sprintf("user/%02d", i), "active")
	}
}
