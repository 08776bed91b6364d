package lostcancel

import (
	"context"
	"errors"
	"os/signal"
	"syscall"
	"time"
)

func discarded(parent context.Context) error {
	ctx, _ := context.WithTimeout(parent, time.Second) // want "lost-cancel: the cancel function of `context.WithTimeout` is discarded: .* stay until the deadline"
	return work(ctx)
}

func discardedStop(parent context.Context) error {
	ctx, _ := signal.NotifyContext(parent, syscall.SIGTERM) // want `discarded`
	return work(ctx)
}

func discardedIntoParameter(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // want "discarded"
	return work(ctx)
}

func earlyReturn(parent context.Context, name string) error {
	ctx, cancel := context.WithCancel(parent) // want "`cancel` is not called on every way out: at the return on line 29"
	if name == "" {
		return errors.New("no name")
	}
	err := work(ctx)
	cancel()
	return err
}

func loop(parent context.Context, names []string) {
	for range names {
		ctx, cancel := context.WithTimeout(parent, time.Second) // want "each turn of the loop leaks a context"
		if work(ctx) == nil {
			continue
		}
		cancel()
	}
}

func overwritten(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent) // want "overwritten on line 49"
	if err := work(ctx); err != nil {
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	defer cancel()
	return work(ctx)
}

func handedOnLater(parent context.Context, ready bool) (context.Context, context.CancelFunc, error) {
	ctx, cancel := context.WithCancel(parent) // want "`cancel` is not called on every way out"
	if !ready {
		return nil, nil, errors.New("not ready")
	}
	return ctx, cancel, nil
}

func endlessLoop(parent context.Context) {
	for {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel() // want "`defer cancel\\(\\)` never runs because the loop around it never ends"
		_ = work(ctx)
	}
}

func discardedInLoop(parent context.Context, names []string) (failed int) {
	for _, name := range names {
		if name == "" {
			continue
		}
		ctx, _ := context.WithTimeout(parent, time.Second) // want "discarded"
		// Each name has a second.
		if work(ctx) != nil {
			failed++
		}
	}
	return failed
}

func timeLimited(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(parent, time.Second)
}

// A function of the package hands out the cancel function.
func viaHelper(parent context.Context) error {
	ctx, _ := timeLimited(parent) // want "the cancel function of `timeLimited` is discarded"
	return work(ctx)
}

func work(ctx context.Context) error { return ctx.Err() }

// The finding is where the context is made, not where the variable is declared.
func declaredAbove(ctx context.Context, slow bool) error {
	var (
		cancel context.CancelFunc
		limit  = time.Second
	)
	if slow {
		ctx, cancel = context.WithTimeout(ctx, limit) // want "lost-cancel: `cancel` is not called on every way out"
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if cancel != nil {
		cancel()
	}
	return nil
}

// Where nothing was made cancel is nil.
func keptLater(ctx context.Context, slow bool, keep func(func())) error {
	var cancel context.CancelFunc
	if slow {
		ctx, cancel = context.WithTimeout(ctx, time.Second) // want "lost-cancel: `cancel` is not called on every way out"
	}
	if err := work(ctx); err != nil {
		return err
	}
	keep(cancel)
	return nil
}

type job struct{ ctx context.Context }

func newJob(ctx context.Context) *job { return &job{ctx} }

// A job whose context is cancelled is of no use to the caller: no fix.
func started(ctx context.Context, keep func(func()), kept bool) *job {
	ctx, cancel := context.WithCancel(ctx) // want "lost-cancel: `cancel` is not called on every way out"
	j := newJob(ctx)
	if kept {
		keep(cancel)
	}
	return j
}

// With nothing to end at once it gives a function that does nothing.
func optionalTimeout(parent context.Context, d time.Duration) (context.Context, func()) {
	if d == 0 {
		return parent, func() {}
	}
	return context.WithTimeout(parent, d)
}

func optionallyBounded(parent context.Context) error {
	ctx, _ := optionalTimeout(parent, time.Second) // want "lost-cancel: .* is discarded"
	return work(ctx)
}

type named interface{ Name() string }

type keeper interface{ Cleanup(func()) }

// Some have nothing to clean.
func sometimesCleaned(n named, parent context.Context) context.Context {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM) // want "lost-cancel: `stop` is not called on every way out"
	if c, ok := n.(keeper); ok {
		c.Cleanup(func() { stop() })
	}
	return ctx
}

// The end of something else leaves it open.
func watchedUntil(ctx context.Context, stop <-chan error, done context.Context) {
	run, cancel := context.WithCancel(ctx) // want "lost-cancel: `cancel` is not called on every way out"
	select {
	case <-stop:
		cancel()
	case <-run.Done():
	case <-done.Done():
	}
}
