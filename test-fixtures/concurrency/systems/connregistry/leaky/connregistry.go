// Package leaky counts the traffic of a server's connections.
package leaky

import (
	"sync"
	"time"
)

type conn struct {
	id       int
	counters func() int
	onClose  func(id int)

	mu     sync.Mutex
	closed bool
	bytes  int
}

func (c *conn) sample() int {
	c.mu.Lock() // blocked: lock-order
	defer c.mu.Unlock()
	if !c.closed {
		c.bytes = c.counters()
	}
	return c.bytes
}

func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	c.bytes = c.counters()
	if c.onClose != nil {
		c.onClose(c.id)
	}
}

type registry struct {
	mu    sync.RWMutex
	conns []*conn
	total int
}

func (r *registry) open(counters func() int) *conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := &conn{id: len(r.conns), counters: counters, onClose: r.forget}
	r.conns = append(r.conns, c)
	return c
}

func (r *registry) forget(id int) {
	r.mu.Lock() // blocked: lock-order
	defer r.mu.Unlock()
	r.conns[id] = nil
	r.total++
}

func (r *registry) traffic() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	sum := 0
	for _, c := range r.conns {
		if c != nil {
			sum += c.sample()
		}
	}
	return sum
}

// Run measures two connections of which the second is closed meanwhile.
func Run() {
	sampling := make(chan struct{})
	var first sync.Once
	r := new(registry)
	r.open(func() int {
		first.Do(func() { close(sampling) })
		time.Sleep(100 * time.Millisecond)
		return 100
	})
	second := r.open(func() int { return 40 })
	var done sync.WaitGroup
	done.Go(func() {
		<-sampling
		second.close()
	})
	r.traffic()
	done.Wait()
}
