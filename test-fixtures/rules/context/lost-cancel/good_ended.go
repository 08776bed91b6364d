package lostcancel

import (
	"context"
	"errors"
	"sync"
)

// Each way out that ends the value makes the call.
type lecture struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newLecture(ctx context.Context, talk func(context.Context)) *lecture {
	ctx, quiet := context.WithCancel(ctx)
	go talk(ctx)
	return &lecture{quiet: quiet}
}

func (l *lecture) finish() bool {
	if l.over {
		return false
	}
	l.over = true
	return true
}

func (l *lecture) End() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.finish() {
		return nil
	}
	defer l.quiet()
	if l.heard == 0 {
		return errors.New("nobody has come")
	}
	return nil
}

// Others make it whether the flag is set or not.
type seminar struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newSeminar(ctx context.Context, talk func(context.Context)) *seminar {
	ctx, quiet := context.WithCancel(ctx)
	go talk(ctx)
	return &seminar{quiet: quiet}
}

func (s *seminar) End() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil
	}
	s.over = true
	if s.heard == 0 {
		return errors.New("nobody has come")
	}
	s.quiet()
	return nil
}

func (s *seminar) Close() { s.quiet() }

// It may be begun and ended again.
type workshop struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newWorkshop(ctx context.Context, talk func(context.Context)) *workshop {
	ctx, quiet := context.WithCancel(ctx)
	go talk(ctx)
	return &workshop{quiet: quiet}
}

func (w *workshop) End() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		return nil
	}
	w.over = true
	if w.heard == 0 {
		w.over = false
		return errors.New("nobody has come")
	}
	w.quiet()
	return nil
}

// A helper makes it on the way out.
type panel struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newPanel(ctx context.Context, talk func(context.Context)) *panel {
	ctx, quiet := context.WithCancel(ctx)
	go talk(ctx)
	return &panel{quiet: quiet}
}

func (p *panel) End() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return nil
	}
	p.over = true
	if p.heard == 0 {
		return p.fail(errors.New("nobody has come"))
	}
	p.quiet()
	return nil
}

func (p *panel) fail(err error) error {
	panelEnd(p)
	return err
}

func panelEnd(p *panel) { p.stop() }

func (p *panel) stop() {
	if p.over {
		return
	}
	p.quiet()
}

// Who goes first is the one for whom the context has ended.
type reading struct {
	mu    sync.Mutex
	ctx   context.Context
	quiet context.CancelFunc
	over  bool
}

func newReading(ctx context.Context) *reading {
	r := &reading{}
	r.ctx, r.quiet = context.WithCancel(ctx)
	go r.await()
	return r
}

func (r *reading) finish() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return false
	}
	r.over = true
	return true
}

func (r *reading) await() {
	<-r.ctx.Done()
	r.finish()
}

func (r *reading) End() {
	if r.finish() {
		r.quiet()
	}
}

// It is called first, and the flag set then.
type recital struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newRecital(ctx context.Context, play func(context.Context)) *recital {
	ctx, quiet := context.WithCancel(ctx)
	go play(ctx)
	return &recital{quiet: quiet}
}

func (r *recital) End() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return nil
	}
	r.quiet()
	r.over = true
	if r.heard == 0 {
		return errors.New("nobody has come")
	}
	return nil
}

// The function goes to somebody else, too.
type concert struct {
	mu    sync.Mutex
	quiet context.CancelFunc
	over  bool
	heard int
}

func newConcert(ctx context.Context, play func(context.Context), tell func(func())) *concert {
	ctx, quiet := context.WithCancel(ctx)
	go play(ctx)
	tell(quiet)
	return &concert{quiet: quiet}
}

func (c *concert) End() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return nil
	}
	c.over = true
	if c.heard == 0 {
		return errors.New("nobody has come")
	}
	c.quiet()
	return nil
}

// It is left uncalled only where the context has ended.
type rehearsal struct {
	mu    sync.Mutex
	ctx   context.Context
	quiet context.CancelFunc
	over  bool
}

func newRehearsal(ctx context.Context) *rehearsal {
	r := &rehearsal{}
	r.ctx, r.quiet = context.WithCancel(ctx)
	return r
}

func (r *rehearsal) End(ready <-chan struct{}) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return nil
	}
	r.over = true
	select {
	case <-r.ctx.Done():
		return r.ctx.Err()
	case <-ready:
	}
	r.quiet()
	return nil
}
