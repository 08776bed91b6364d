// Package fixed calls a remote service over one connection, which it makes in the background.
package fixed

import (
	"context"
	"errors"
	"time"
)

// ErrNotConnected is returned when there is no connection.
var ErrNotConnected = errors.New("not connected")

// Session is an established connection.
type Session interface {
	Invoke(method string) (string, error)
}

// Dialer makes connections.
type Dialer interface {
	Dial(ctx context.Context, address string) (Session, error)
}

// Client makes calls.
type Client struct {
	dialer  Dialer
	address string
	backoff time.Duration
	cancel  context.CancelFunc

	// ready is closed when session and err are final.
	ready   chan struct{}
	session Session
	err     error
}

// NewClient returns a client that connects until the context ends.
func NewClient(ctx context.Context, dialer Dialer, address string, backoff time.Duration) *Client {
	ctx, cancel := context.WithCancel(ctx)
	c := &Client{
		dialer:  dialer,
		address: address,
		backoff: backoff,
		cancel:  cancel,
		ready:   make(chan struct{}),
	}
	go c.connect(ctx)
	return c
}

func (c *Client) connect(ctx context.Context) {
	defer close(c.ready)
	timer := time.NewTimer(c.backoff)
	defer timer.Stop()
	for {
		session, err := c.dialer.Dial(ctx, c.address)
		if err == nil {
			c.session = session
			return
		}
		select {
		case <-timer.C:
			c.backoff *= 2
			timer.Reset(c.backoff)
		case <-ctx.Done():
			c.err = errors.Join(err, ctx.Err())
			return
		}
	}
}

// Call invokes a method as soon as there is a connection.
func (c *Client) Call(method string) (string, error) {
	<-c.ready
	if c.session == nil {
		return "", errors.Join(ErrNotConnected, c.err)
	}
	return c.session.Invoke(method)
}

// Close ends the attempts to connect.
func (c *Client) Close() {
	c.cancel()
}
