package fixed

import (
	"context"
	"errors"
	"time"
)

type broken struct{}

func (broken) Healthy(context.Context) error { return errors.New("no disk") }

type silent struct{}

func (silent) Healthy(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

// Drive probes a broken target among silent ones.
func Drive() {
	p := NewProber(time.Minute)
	p.Add("a", silent{})
	p.Add("b", broken{})
	p.Add("c", silent{})
	_ = p.Probe(context.Background())
}
