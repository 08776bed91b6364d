// Package fixed queues the tables of a database for compaction.
package fixed

import (
	"sync"
	"time"
)

type table struct {
	level int
	size  int
}

type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	limit   int
	tables  []table
	closed  bool
	idle    int
}

func newQueue(limit int) *queue {
	q := &queue{limit: limit}
	q.changed.L = &q.mu
	return q
}

func (q *queue) put(tables ...table) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, t := range tables {
		for len(q.tables) == q.limit {
			q.changed.Wait()
		}
		q.tables = append(q.tables, t)
		q.changed.Broadcast()
	}
}

func (q *queue) take() (table, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.tables) == 0 {
		if q.closed {
			return table{}, false
		}
		q.idle++
		q.changed.Wait()
		q.idle--
	}
	t := q.tables[0]
	q.tables = q.tables[1:]
	q.changed.Broadcast()
	return t, true
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.changed.Broadcast()
}

func (q *queue) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.idle
}

type compactor struct {
	queue   *queue
	workers sync.WaitGroup
	mu      sync.Mutex
	written int
}

func (c *compactor) work() {
	for {
		t, ok := c.queue.take()
		if !ok {
			return
		}
		c.mu.Lock()
		c.written += t.size
		c.mu.Unlock()
	}
}

// Run compacts the tables of a flush with idle workers.
func Run() {
	c := &compactor{queue: newQueue(1)}
	for range 3 {
		c.workers.Go(c.work)
	}
	for c.queue.waiting() < 3 {
		time.Sleep(5 * time.Millisecond)
	}
	c.queue.put(table{0, 10}, table{0, 12}, table{1, 90})
	c.queue.close()
	c.workers.Wait()
}
