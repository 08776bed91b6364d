// Package leaky shares a few connections among many users.
package leaky

import (
	"errors"
	"sync"
	"time"
)

var errClosed = errors.New("pool is closed")

type conn struct {
	number int
	uses   int
}

func (c *conn) query() {
	c.uses++
	time.Sleep(100 * time.Millisecond)
}

type pool struct {
	mu     sync.Mutex
	idle   []*conn
	opened int
	closed bool
	slots  chan struct{}
}

func newPool(size int) *pool {
	return &pool{slots: make(chan struct{}, size)}
}

func (p *pool) get() (*conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, errClosed
	}
	p.slots <- struct{}{} // blocked: blocking-under-lock
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		return c, nil
	}
	p.opened++
	return &conn{number: p.opened}, nil
}

func (p *pool) put(c *conn) {
	p.mu.Lock()
	p.idle = append(p.idle, c)
	p.mu.Unlock()
	<-p.slots
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
}

func (p *pool) with(use func(c *conn)) error {
	c, err := p.get()
	if err != nil {
		return err
	}
	defer p.put(c)
	use(c)
	return nil
}

// Run lets three users share two connections.
func Run() {
	p := newPool(2)
	var users sync.WaitGroup
	for range 3 {
		users.Go(func() {
			if err := p.with((*conn).query); err != nil {
				panic(err)
			}
		})
	}
	users.Wait()
	p.close()
}
