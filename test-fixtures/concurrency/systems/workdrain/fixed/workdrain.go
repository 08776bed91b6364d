// Package fixed is the work queue of a controller that finishes what is under way before it ends.
package fixed

import (
	"errors"
	"sync"
)

type workQueue struct {
	mu         sync.Mutex
	changed    *sync.Cond
	ready      []string
	dirty      map[string]bool
	processing map[string]bool
	stopping   bool
}

func newWorkQueue() *workQueue {
	q := &workQueue{dirty: make(map[string]bool), processing: make(map[string]bool)}
	q.changed = sync.NewCond(&q.mu)
	return q
}

func (q *workQueue) add(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stopping || q.dirty[key] {
		return
	}
	q.dirty[key] = true
	if !q.processing[key] {
		q.ready = append(q.ready, key)
		q.changed.Broadcast()
	}
}

func (q *workQueue) get() (string, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready) == 0 && !q.stopping {
		q.changed.Wait()
	}
	if len(q.ready) == 0 {
		return "", false
	}
	key := q.ready[0]
	q.ready = q.ready[1:]
	delete(q.dirty, key)
	q.processing[key] = true
	return key, true
}

func (q *workQueue) done(key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.processing, key)
	if q.dirty[key] {
		q.ready = append(q.ready, key)
	}
	q.changed.Broadcast()
}

func (q *workQueue) drain() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stopping = true
	q.changed.Broadcast()
	for len(q.ready)+len(q.processing) > 0 {
		q.changed.Wait()
	}
}

var errGone = errors.New("object is gone")

type controller struct {
	queue *workQueue
	sync  func(key string) error
	seen  int
}

func (c *controller) run() {
	for c.next() {
		c.seen++
	}
}

func (c *controller) next() bool {
	key, ok := c.queue.get()
	if !ok {
		return false
	}
	defer c.queue.done(key)
	if err := c.sync(key); errors.Is(err, errGone) {
		return true
	} else if err != nil {
		c.queue.add(key)
	}
	return true
}

// Run drains a queue with an object that has been deleted meanwhile.
func Run() {
	c := &controller{queue: newWorkQueue()}
	c.sync = func(key string) error {
		if key == "default/old" {
			return errGone
		}
		return nil
	}
	go c.run()
	c.queue.add("default/web")
	c.queue.add("default/old")
	c.queue.drain()
}
