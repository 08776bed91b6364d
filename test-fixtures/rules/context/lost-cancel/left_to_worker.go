package lostcancel

import (
	"context"
	"errors"
	"time"
)

var errPaused = errors.New("paused")

type meter struct {
	read   func(ctx context.Context, into chan<- int) error
	paused bool
	limit  time.Duration
	last   error
}

// The goroutine cancels where it is started; before that the function has to.
func (m *meter) Sample(ctx context.Context, count int) (<-chan int, error) {
	sctx, cancel := context.WithTimeout(ctx, m.limit) // want "at the return on line 29"
	out := make(chan int, 1)
	switch {
	case count == 0:
		cancel()
		out <- 0
		return out, nil
	case m.paused:
		m.last = errPaused
		return nil, errPaused
	}
	go func() {
		defer cancel()
		if m.read(sctx, out) != nil {
			close(out)
		}
	}()
	return out, nil
}

// Here the goroutine has the context already, and needs it.
func (m *meter) Follow(ctx context.Context, count int) (<-chan int, error) {
	fctx, cancel := context.WithCancel(ctx) // want "at the return on line 49"
	out := make(chan int, 1)
	go func() { m.last = m.read(fctx, out) }()
	if count < 0 {
		cancel()
		return nil, errPaused
	}
	return out, nil
}

// The same return comes behind the way that keeps it.
func (m *meter) Keep(ctx context.Context, keep func(context.CancelFunc), count int) error {
	_, cancel := context.WithCancel(ctx) // want "`cancel` is not called on every way out"
	if count > 0 {
		keep(cancel)
	}
	return nil
}
