package fixed

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Target is something whose health can be asked.
type Target interface {
	Healthy(ctx context.Context) error
}

// Prober asks a fleet of targets.
type Prober struct {
	targets map[string]Target
	limit   time.Duration
}

// NewProber gives a prober without targets that waits so long for an answer.
func NewProber(limit time.Duration) *Prober {
	return &Prober{targets: make(map[string]Target), limit: limit}
}

// Add makes a target part of the fleet.
func (p *Prober) Add(name string, target Target) {
	p.targets[name] = target
}

// Probe tells whether all targets are healthy. One that is not, and the others need not answer any more.
func (p *Prober) Probe(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, p.limit)
	defer cancel()
	report := p.ask(ctx)
	for range p.targets {
		select {
		case err := <-report:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (p *Prober) ask(ctx context.Context) <-chan error {
	report := make(chan error)
	for name, target := range p.targets {
		go func() {
			err := target.Healthy(ctx)
			if errors.Is(err, context.DeadlineExceeded) {
				err = errors.New("no answer")
			}
			if err != nil {
				err = fmt.Errorf("%s: %w", name, err)
			}
			select {
			case report <- err:
			case <-ctx.Done():
			}
		}()
	}
	return report
}
