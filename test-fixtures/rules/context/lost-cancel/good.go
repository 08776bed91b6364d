package lostcancel

import (
	"context"
	"log"
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
