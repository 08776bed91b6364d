// Package leaky feeds orders from a channel to workers that may take several at once.
package leaky

import (
	"context"
	"sync"
)

// Queue collects orders until a worker takes them.
type Queue struct {
	mu       sync.Mutex
	nonEmpty sync.Cond
	orders   []int
	finished bool
}

// NewQueue returns an empty queue.
func NewQueue() *Queue {
	q := new(Queue)
	q.nonEmpty.L = &q.mu
	return q
}

func (q *Queue) push(order int) {
	q.mu.Lock()
	q.orders = append(q.orders, order)
	q.mu.Unlock()
	q.nonEmpty.Signal()
}

func (q *Queue) finish() {
	q.mu.Lock()
	q.finished = true
	q.mu.Unlock()
	q.nonEmpty.Broadcast()
}

// Feed moves orders from a channel into the queue until the channel is closed or ctx is done.
func (q *Queue) Feed(ctx context.Context, in <-chan int) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case order, ok := <-in:
			if !ok {
				q.finish()
				return nil
			}
			q.push(order)
		}
	}
}

func (q *Queue) take() []int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.orders) == 0 && !q.finished {
		q.nonEmpty.Wait() // blocked: cond-wait
	}
	batch := q.orders
	q.orders = nil
	return batch
}

// Work starts workers that handle batches until there are no more.
func (q *Queue) Work(workers int, handle func(batch []int)) {
	for range workers {
		go func() {
			for batch := q.take(); len(batch) > 0; batch = q.take() {
				handle(batch)
			}
		}()
	}
}
