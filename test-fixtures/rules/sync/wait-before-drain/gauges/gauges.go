// Package gauges reads gauges until a context ends.
package gauges

import (
	"context"
	"sync"
	"time"
)

// A Board reads all gauges of a boiler.
type Board struct {
	every time.Duration
	wg    sync.WaitGroup
	done  chan struct{}
	sum   int
}

// New returns a board that does not read yet.
func New(every time.Duration) *Board {
	return &Board{every: every, done: make(chan struct{})}
}

// Start reads until the context ends.
func (b *Board) Start(ctx context.Context, gauges ...func() int) {
	for _, g := range gauges {
		b.wg.Add(1)
		go b.read(ctx, g)
	}
}

// Wait waits for all that read.
func (b *Board) Wait() { b.wg.Wait() }

func (b *Board) read(ctx context.Context, gauge func() int) {
	defer b.wg.Done()
	t := time.NewTicker(b.every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			b.sum += gauge()
		case <-ctx.Done():
			return
		}
	}
}

// A Siren sounds until it is silenced or its context ends.
type Siren struct {
	wg    sync.WaitGroup
	quiet chan struct{}
}

// NewSiren returns a siren that does not sound yet.
func NewSiren() *Siren { return &Siren{quiet: make(chan struct{})} }

// Start sounds.
func (s *Siren) Start(ctx context.Context) {
	s.wg.Add(1)
	go s.sound(ctx)
}

func (s *Siren) sound(ctx context.Context) {
	defer s.wg.Done()
	for {
		select {
		case <-time.After(time.Second):
			println("siren")
		case <-s.quiet:
			return
		case <-ctx.Done():
			return
		}
	}
}

// Wait silences the siren and waits for its end.
func (s *Siren) Wait() {
	close(s.quiet)
	s.wg.Wait()
}
