package lostcancel

import (
	"context"
	"log"
	"os/signal"
	"syscall"
	"time"
)

type server struct {
	cancel context.CancelFunc
	stops  []func()
}

func deferred(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	return work(ctx)
}

func deferredInClosure(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		log.Print("done")
		cancel()
	}()
	return work(ctx)
}

func onEveryPath(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	if err := work(ctx); err != nil {
		cancel()
		return err
	}
	cancel()
	return nil
}

func returned(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, cancel
}

func (s *server) stored(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	s.cancel = cancel
	return ctx
}

func (s *server) stopStored() { s.cancel() }

func (s *server) appended(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	s.stops = append(s.stops, cancel)
	return ctx
}

func inGoroutine(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		defer cancel()
		_ = work(ctx)
	}()
}

func fatal(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	if err := work(ctx); err != nil {
		log.Fatal(err)
	}
	cancel()
}

func handedOn(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	until(ctx, cancel)
}

func until(ctx context.Context, cancel func()) {
	_ = work(ctx)
	cancel()
}

func deferredEarly(parent context.Context, slow bool) error {
	ctx, cancel := parent, func() {}
	if slow {
		ctx, cancel = context.WithTimeout(parent, time.Minute)
	}
	defer cancel()
	return work(ctx)
}

// The first context was never used, and nothing above can cancel it: there is nothing to release.
func replacedUnused(limit time.Duration) error {
	ctx, cancel := context.WithCancel(context.Background())
	if limit > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), limit)
	}
	defer cancel()
	return work(ctx)
}

type clock struct{ timers []func() }

func (c *clock) after(d time.Duration, f func()) { c.timers = append(c.timers, f) }

// The contexts are its own but for some: what a caller has to release is not known.
func (c *clock) withTimeout(parent context.Context, d time.Duration) (context.Context, func()) {
	if parent.Err() != nil {
		return context.WithCancel(parent)
	}
	ended := &endedContext{Context: parent}
	c.after(d, func() { ended.end() })
	return ended, func() { ended.end() }
}

type endedContext struct {
	context.Context
	err error
}

func (c *endedContext) end() { c.err = context.Canceled }

func mocked(c *clock) error {
	ctx, _ := c.withTimeout(context.Background(), time.Second)
	return ctx.Err()
}

type owner interface {
	Name() string
	Cleanup(func())
}

type cleaner interface{ Cleanup(func()) }

// Every owner is a cleaner.
func alwaysCleaned(o owner, parent context.Context) context.Context {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM)
	if c, ok := o.(cleaner); ok {
		c.Cleanup(func() { stop() })
	}
	return ctx
}

// When the parent has ended so has what was made from it.
func restarted(ctx context.Context, events <-chan error) {
	own, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	run, cancel := optional(own)
	for {
		select {
		case <-events:
			cancel()
			run, cancel = optional(own)
		case <-own.Done():
			cancel()
			return
		case <-run.Done():
			return
		}
	}
}

func optional(parent context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(parent)
}

func watched(ctx context.Context, events <-chan error) {
	run, cancel := optional(ctx)
	for {
		select {
		case <-events:
			cancel()
			run, cancel = optional(ctx)
			_ = work(run)
		case <-ctx.Done():
			return
		}
	}
}
