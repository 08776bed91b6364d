package lostcancel

import (
	"context"
	"errors"
	"time"
)

var errBerth = errors.New("no berth")

// mooring is a ship on its way to a berth.
type mooring struct {
	ctx    context.Context
	cancel context.CancelFunc
	berth  int
	pilot  string
}

func (m *mooring) assign(n int) error {
	if n < 0 {
		return errBerth
	}
	m.berth = n
	return nil
}

func (m *mooring) give(p *port)    { p.last = m }
func (m *mooring) done()           { m.cancel() }
func (m *mooring) isDone() bool    { return m.ctx.Err() != nil }
func (m *mooring) guard()          { go m.watch() }
func (m *mooring) release() func() { return m.cancel }

func (m *mooring) watch() {
	<-m.ctx.Done()
	m.cancel()
}

type port struct {
	last  *mooring
	limit time.Duration
}

func (p *port) mooring(pilot string) *mooring { return &mooring{pilot: pilot} }

func (p *port) finish(m *mooring) { m.done() }

func (p *port) shared() *mooring { return p.last }

func newMooring(parent context.Context, d time.Duration) *mooring {
	ctx, cancel := context.WithTimeout(parent, d)
	return &mooring{ctx: ctx, cancel: cancel}
}

func openMooring(parent context.Context, d time.Duration) (*mooring, error) {
	if d == 0 {
		return nil, errBerth
	}
	m := &mooring{}
	m.ctx, m.cancel = context.WithTimeout(parent, d)
	return m, nil
}

func (p *port) Moor(ctx context.Context, n int, tow func(context.Context) error) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit) // want "`m.cancel` is not called on every way out: at the return on line 67"
	if err := m.assign(n); err != nil {
		return err
	}
	err := tow(m.ctx)
	p.finish(m)
	return err
}

func (p *port) MoorHere(ctx context.Context, n int, tow func(context.Context) error) error {
	var m mooring
	m.ctx, m.cancel = context.WithCancel(ctx) // want "`m.cancel` is not called on every way out: at the return on line 79"
	switch {
	case n == 0:
		return errBerth
	case m.isDone():
		m.cancel()
		return nil
	}
	defer m.done()
	return tow(m.ctx)
}

func (p *port) MoorLater(ctx context.Context, n int) (*mooring, error) {
	m := new(mooring)
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit) // want "`m.cancel` is not called on every way out: at the return on line 92"
	if err := m.assign(n); err != nil {
		return nil, err
	}
	return m, nil
}

func (p *port) MoorByVariable(ctx context.Context, n int) (*mooring, error) {
	m := p.mooring("bob")
	inner, cancel := context.WithCancel(ctx) // want "`cancel` is not called on every way out: at the return on line 102"
	m.ctx, m.cancel = inner, cancel
	if err := m.assign(n); err != nil {
		return nil, err
	}
	return m, nil
}

func MoorMade(ctx context.Context, n int, tow func(context.Context) error) error {
	m := newMooring(ctx, time.Minute) // want "`m.cancel` is not called on every way out: at the return on line 110"
	if err := m.assign(n); err != nil {
		return err
	}
	defer m.done()
	return tow(m.ctx)
}

func MoorOpened(ctx context.Context, n int, tow func(context.Context) error) error {
	m, err := openMooring(ctx, time.Minute) // want "`m.cancel` is not called on every way out: at the return on line 122"
	if err != nil {
		return err
	}
	if m.assign(n) != nil {
		return errBerth
	}
	err = tow(m.ctx)
	m.done()
	return err
}

func MoorAll(ctx context.Context, ns []int) {
	for _, n := range ns {
		m := &mooring{}
		m.ctx, m.cancel = context.WithTimeout(ctx, time.Minute) // want "`m.cancel` is not called before `context.WithTimeout` runs again"
		if m.assign(n) != nil {
			continue
		}
		m.done()
	}
}

// In these it is called, or somebody else has the struct.

func (p *port) MoorDeferred(ctx context.Context, n int, tow func(context.Context) error) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	defer p.finish(m)
	if err := m.assign(n); err != nil {
		return err
	}
	return tow(m.ctx)
}

func (p *port) MoorDeferredBefore(ctx context.Context, n int) error {
	m := p.mooring("ann")
	defer p.finish(m)
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	return m.assign(n)
}

func (p *port) MoorShared(ctx context.Context, n int) error {
	m := p.shared()
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	return m.assign(n)
}

func (p *port) MoorGiven(ctx context.Context, n int) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	m.give(p)
	return m.assign(n)
}

func (p *port) MoorGivenBefore(ctx context.Context, n int) error {
	m := p.mooring("ann")
	m.give(p)
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	return m.assign(n)
}

func (p *port) MoorKeptByVariable(ctx context.Context, n int) error {
	m := p.mooring("ann")
	p.last = m
	inner, cancel := context.WithTimeout(ctx, p.limit)
	m.ctx, m.cancel = inner, cancel
	return m.assign(n)
}

func (p *port) MoorKeptLiteral(ctx context.Context, n int) error {
	m := &mooring{pilot: "eve"}
	p.last = m
	inner, cancel := context.WithTimeout(ctx, p.limit)
	m.ctx, m.cancel = inner, cancel
	return m.assign(n)
}

func (p *port) MoorGuarded(ctx context.Context, n int) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	m.guard()
	return m.assign(n)
}

func (p *port) MoorUntil(ctx context.Context, free <-chan int) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithTimeout(ctx, p.limit)
	select {
	case n := <-free:
		m.done()
		return m.assign(n)
	case <-m.ctx.Done():
		return errBerth
	}
}

func (p *port) MoorAlone(n int) error {
	m := p.mooring("ann")
	m.ctx, m.cancel = context.WithCancel(context.Background())
	if err := m.assign(n); err != nil {
		return err
	}
	m.done()
	return nil
}

func (p *port) MoorReleased(ctx context.Context, n int) (func(), error) {
	m := newMooring(ctx, p.limit)
	if err := m.assign(n); err != nil {
		m.cancel()
		return nil, err
	}
	return m.release(), nil
}

func (p *port) MoorCalledBack(ctx context.Context, each func(*mooring)) {
	m := newMooring(ctx, p.limit)
	each(m)
}

// A harbour gives up its ships when it is closed: their contexts end with its own.
type harbour struct {
	ctx    context.Context
	cancel context.CancelFunc
	ships  map[int]*mooring
	full   map[int]bool
	shut   bool
}

func (h *harbour) Close() {
	defer h.cancel()
	h.ships = nil
	h.shut = true
}

func (h *harbour) drain() { h.full = nil }

func (h *harbour) Enter(n int) (*mooring, error) {
	m := &mooring{berth: n}
	m.ctx, m.cancel = context.WithCancel(h.ctx)
	if h.ships == nil || h.shut {
		return nil, errBerth
	}
	h.ships[n] = m
	return m, nil
}

func (h *harbour) EnterDrained(n int) (*mooring, error) {
	m := &mooring{berth: n}
	m.ctx, m.cancel = context.WithCancel(h.ctx) // want "`m.cancel` is not called on every way out"
	if h.full == nil {
		return nil, errBerth
	}
	h.ships[n] = m
	return m, nil
}
