// Package fixed is a client that has several calls under way on one connection.
package fixed

import (
	"errors"
	"sync"
)

// ErrLost tells that the connection went away before the answer came.
var ErrLost = errors.New("connection lost")

// Frame is a request or its answer.
type Frame struct {
	Seq  uint64
	Body string
}

// Transport carries frames to a server and back.
type Transport interface {
	Send(f Frame) error
	Frames() <-chan Frame
}

// Client matches answers with calls.
type Client struct {
	transport Transport
	lost      chan struct{}

	mu      sync.Mutex
	seq     uint64
	pending map[uint64]chan string
}

// NewClient returns a client that reads answers until the transport ends.
func NewClient(t Transport) *Client {
	c := &Client{transport: t, lost: make(chan struct{}), pending: make(map[uint64]chan string)}
	go c.read()
	return c
}

func (c *Client) read() {
	defer close(c.lost)
	for f := range c.transport.Frames() {
		c.complete(f)
	}
}

func (c *Client) complete(f Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if answer, ok := c.pending[f.Seq]; ok {
		delete(c.pending, f.Seq)
		answer <- f.Body
	}
}

// Call sends a request and waits for its answer.
func (c *Client) Call(body string) (string, error) {
	answer := make(chan string, 1)
	c.mu.Lock()
	c.seq++
	seq := c.seq
	c.pending[seq] = answer
	c.mu.Unlock()
	if err := c.transport.Send(Frame{Seq: seq, Body: body}); err != nil {
		c.mu.Lock()
		delete(c.pending, seq)
		c.mu.Unlock()
		return "", err
	}
	select {
	case text := <-answer:
		return text, nil
	case <-c.lost:
		return "", ErrLost
	}
}
