// Package fixed is a client connection whose calls wait until it is connected.
package fixed

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errShutdown = errors.New("connection is shut down")

type state int

const (
	idle state = iota
	connecting
	ready
	failed
	shutdown
)

type clientConn struct {
	dial func() error

	mu      sync.Mutex
	state   state
	changed chan struct{}

	cancel context.CancelFunc
}

func newClientConn(dial func() error) *clientConn {
	return &clientConn{dial: dial, changed: make(chan struct{})}
}

func (c *clientConn) set(s state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == shutdown || c.state == s {
		return
	}
	c.state = s
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *clientConn) connect(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	c.cancel = cancel
	go func() {
		retry := time.NewTicker(time.Second)
		defer retry.Stop()
		for ctx.Err() == nil {
			c.set(connecting)
			if c.dial() == nil {
				c.set(ready)
				return
			}
			c.set(failed)
			select {
			case <-retry.C:
			case <-ctx.Done():
			}
		}
	}()
}

func (c *clientConn) invoke() error {
	for {
		c.mu.Lock()
		now, changed := c.state, c.changed
		c.mu.Unlock()
		switch now {
		case ready:
			return nil
		case shutdown:
			return errShutdown
		}
		<-changed
	}
}

func (c *clientConn) close() {
	c.cancel()
	c.set(shutdown)
}

// Run makes a call on a connection that is closed before it was ready.
func Run() {
	c := newClientConn(func() error { return errors.New("connection refused") })
	c.connect(context.Background())
	var calls sync.WaitGroup
	calls.Go(func() {
		if err := c.invoke(); errors.Is(err, errShutdown) {
			return
		}
	})
	time.Sleep(100 * time.Millisecond)
	c.close()
	calls.Wait()
}
