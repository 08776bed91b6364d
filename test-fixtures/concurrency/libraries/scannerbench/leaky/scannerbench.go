// Package leaky shares a few scanners among many callers.
package leaky

import (
	"context"
	"errors"
)

// Scanner is a device that has to be warm.
type Scanner interface {
	Warm(ctx context.Context) error
	Off()
}

// Bench lends out scanners.
type Bench struct {
	count int
	idle  chan Scanner
}

// NewBench puts scanners onto a bench.
func NewBench(count int, plug func(n int) Scanner) *Bench {
	b := &Bench{count: count, idle: make(chan Scanner, count)}
	for n := range count {
		b.idle <- plug(n)
	}
	return b
}

// ErrBusy says that no scanner is free.
var ErrBusy = errors.New("no scanner is free")

func (b *Bench) grab(ctx context.Context) (Scanner, error) {
	select {
	case s := <-b.idle:
		return s, nil
	case <-ctx.Done():
		return nil, ErrBusy
	}
}

// Use runs a job with a warm scanner.
func (b *Bench) Use(ctx context.Context, job func(Scanner)) error {
	s, err := b.grab(ctx)
	if err != nil {
		return err
	}
	if err := s.Warm(ctx); err != nil {
		return err
	}
	defer func() { b.idle <- s }()
	job(s)
	return nil
}

// Close switches all scanners off, those in use as soon as they are back.
func (b *Bench) Close() {
	for range b.count {
		s := <-b.idle // blocked: receive-without-sender
		s.Off()
	}
}
