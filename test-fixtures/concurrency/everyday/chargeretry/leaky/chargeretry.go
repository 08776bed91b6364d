// Package leaky charges orders through a payment gateway that does not always answer.
package leaky

import (
	"context"
	"errors"
	"time"
)

// ErrNoAnswer says that the gateway has not answered any of the tries.
var ErrNoAnswer = errors.New("the gateway does not answer")

// Client charges orders.
type Client struct {
	Gateway func(order string, try int) (receipt string, err error)
	Tries   int
	Timeout time.Duration
}

type result struct {
	receipt string
	err     error
}

// Charge tries again when an answer takes too long. An answer to an earlier try is as good as one to the last.
func (c *Client) Charge(ctx context.Context, order string) (string, error) {
	results := make(chan result, 1)
	for try := range c.Tries {
		go func() {
			receipt, err := c.Gateway(order, try)
			results <- result{receipt, err} // blocked: surplus-senders
		}()
		patience, cancel := context.WithTimeout(ctx, c.Timeout)
		select {
		case r := <-results:
			cancel()
			return r.receipt, r.err
		case <-patience.Done():
			cancel()
		}
		if err := ctx.Err(); err != nil {
			return "", err
		}
	}
	return "", ErrNoAnswer
}
