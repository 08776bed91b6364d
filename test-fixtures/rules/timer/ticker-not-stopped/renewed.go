package tickernotstopped

import (
	"context"
	"time"
)

type tempo struct {
	changes <-chan time.Duration
	beat    func()
}

// The deferred call has taken its ticker when a new tempo comes.
func (p *tempo) run(ctx context.Context, every time.Duration) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-p.changes:
			if next > 0 && next != every {
				ticks = time.NewTicker(next) // want "the `defer` on line 16 stops the ticker that `ticks` held there, not this one: after the return on line 20"
				every = next
			}
		case <-ticks.C:
			p.beat()
		}
	}
}

func (p *tempo) follow(ctx context.Context) error {
	ticks := time.NewTicker(time.Minute)
	defer ticks.Stop()
	for ctx.Err() == nil {
		select {
		case next := <-p.changes:
			ticks.Stop()
			ticks = time.NewTicker(max(next, time.Second)) // want "the `defer` on line 34 stops the ticker that `ticks` held there"
		case <-ticks.C:
			p.beat()
		}
	}
	return ctx.Err()
}

// Stopped by a closure, it is the newest one.
func (p *tempo) watch(ctx context.Context) {
	ticks := time.NewTicker(time.Minute)
	defer func() { ticks.Stop() }()
	for ctx.Err() == nil {
		select {
		case next := <-p.changes:
			ticks.Stop()
			ticks = time.NewTicker(next)
		case <-ticks.C:
			p.beat()
		}
	}
}

// Nothing is there to be reset before.
func (p *tempo) optional(ctx context.Context, every time.Duration) {
	var ticks *time.Ticker
	if every > 0 {
		ticks = time.NewTicker(every) // want "`ticks` is not stopped on every way out"
	} else {
		return
	}
	select {
	case <-ctx.Done():
	case <-ticks.C:
		p.beat()
	}
}
