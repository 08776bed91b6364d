package leaky

import (
	"context"
	"errors"
	"time"
)

// Endpoint takes a payload; it does not know contexts.
type Endpoint interface {
	Push(payload []byte) error
}

// Policy says how often and how long a delivery is tried.
type Policy struct {
	Attempts int
	Each     time.Duration
	Retry    func(error) bool
}

type delivery struct {
	endpoint Endpoint
	payload  []byte
	results  chan error
}

func (d *delivery) push() {
	err := d.endpoint.Push(d.payload)
	d.results <- err // blocked: abandoned-send
}

// once tries one time; every attempt has results of its own.
func once(parent context.Context, e Endpoint, payload []byte, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(parent, limit)
	defer cancel()
	d := &delivery{endpoint: e, payload: payload, results: make(chan error)}
	go d.push()
	select {
	case err := <-d.results:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Deliver tries until it works, the policy has enough or the context ends.
func (p Policy) Deliver(ctx context.Context, e Endpoint, payload []byte) error {
	var failed []error
	for range p.Attempts {
		err := once(ctx, e, payload, p.Each)
		if err == nil {
			return nil
		}
		failed = append(failed, err)
		if ctx.Err() != nil || p.Retry != nil && !p.Retry(err) {
			break
		}
	}
	return errors.Join(failed...)
}
