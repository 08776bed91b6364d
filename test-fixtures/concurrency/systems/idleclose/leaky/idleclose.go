// Package leaky closes connections that have been idle for some time.
package leaky

import (
	"bytes"
	"errors"
	"sync"
	"time"
)

var errClosed = errors.New("connection is closed")

type conn struct {
	idle    *time.Timer
	timeout time.Duration
	expired chan struct{}

	mu     sync.Mutex
	open   bool
	buffer bytes.Buffer
	sent   int
}

func dial(timeout time.Duration) *conn {
	c := &conn{timeout: timeout, open: true, expired: make(chan struct{})}
	c.idle = time.AfterFunc(timeout, c.expire)
	return c
}

func (c *conn) expire() {
	c.shut()
	close(c.expired)
}

func (c *conn) shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = false
	c.sent += c.buffer.Len()
	c.buffer.Reset()
}

func (c *conn) write(data []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.open {
		return errClosed
	}
	c.buffer.Write(data)
	return nil
}

// close returns when a flush that the idle timer may have begun is complete.
func (c *conn) close() int {
	c.idle.Stop()
	<-c.expired // blocked: receive-without-sender|close-skipped
	c.shut()
	return c.sent
}

type pool struct {
	conns []*conn
}

func (p *pool) get(timeout time.Duration) *conn {
	c := dial(timeout)
	p.conns = append(p.conns, c)
	return c
}

func (p *pool) close() int {
	total := 0
	for _, c := range p.conns {
		total += c.close()
	}
	return total
}

// Run closes a pool with an idle connection and a busy one.
func Run() {
	p := new(pool)
	idle, busy := p.get(time.Millisecond), p.get(time.Minute)
	for idle.write([]byte("ping")) == nil {
		time.Sleep(5 * time.Millisecond)
	}
	if busy.write([]byte("select 1")) != nil {
		return
	}
	p.close()
}
