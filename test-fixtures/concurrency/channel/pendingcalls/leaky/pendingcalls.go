package leaky

import (
	"errors"
	"sync"
)

var errDown = errors.New("connection is down")

// Wire carries requests; answers come back through Client.Deliver.
type Wire interface {
	Post(id uint64, body string) error
}

// Client matches answers with the calls that wait for them.
type Client struct {
	wire Wire

	mu      sync.Mutex
	next    uint64
	down    bool
	pending map[uint64]chan string
}

// NewClient uses the wire for its calls.
func NewClient(wire Wire) *Client {
	return &Client{wire: wire, pending: make(map[uint64]chan string)}
}

// Call posts a request and waits for its answer.
func (c *Client) Call(body string) (string, error) {
	answer := make(chan string, 1)
	c.mu.Lock()
	if c.down {
		c.mu.Unlock()
		return "", errDown
	}
	c.next++
	id := c.next
	c.pending[id] = answer
	c.mu.Unlock()

	if err := c.wire.Post(id, body); err != nil {
		c.take(id)
		return "", err
	}
	text, ok := <-answer // blocked: receive-without-sender
	if !ok {
		return "", errDown
	}
	return text, nil
}

func (c *Client) take(id uint64) chan string {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer := c.pending[id]
	delete(c.pending, id)
	return answer
}

// Deliver is called with each answer that arrives.
func (c *Client) Deliver(id uint64, text string) {
	if answer := c.take(id); answer != nil {
		answer <- text
	}
}

// Down is called when the connection is lost; all calls fail.
func (c *Client) Down() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = true
	clear(c.pending)
}
