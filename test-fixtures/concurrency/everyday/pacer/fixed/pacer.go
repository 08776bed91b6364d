// Package fixed lets requests through at a steady pace.
package fixed

import (
	"context"
	"time"
)

// Pacer gives one permit per interval and keeps a few for later.
type Pacer struct {
	ticker  *time.Ticker
	permits chan struct{}
	stopped chan struct{}
}

// NewPacer starts a pacer that keeps up to burst permits.
func NewPacer(interval time.Duration, burst int) *Pacer {
	p := &Pacer{
		ticker:  time.NewTicker(interval),
		permits: make(chan struct{}, burst),
		stopped: make(chan struct{}),
	}
	go p.refill()
	return p
}

func (p *Pacer) refill() {
	for {
		select {
		case <-p.stopped:
			return
		case <-p.ticker.C:
		}
		select {
		case p.permits <- struct{}{}:
		default:
		}
	}
}

// Wait returns when there is a permit or the context ends.
func (p *Pacer) Wait(ctx context.Context) error {
	select {
	case <-p.permits:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stop ends the pacer: permits that it has kept may still be used.
func (p *Pacer) Stop() {
	p.ticker.Stop()
	close(p.stopped)
}

// Each calls visit for every item, at the pace given.
func Each[T any](ctx context.Context, items []T, interval time.Duration, visit func(T)) error {
	p := NewPacer(interval, 1)
	defer p.Stop()
	for _, item := range items {
		if err := p.Wait(ctx); err != nil {
			return err
		}
		visit(item)
	}
	return nil
}
