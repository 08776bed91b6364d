package lostcancel

import (
	"context"
	"sync"
)

// A call that can be ended: what is dropped half made is ended by nobody.
type exchange struct {
	ctx    context.Context
	cancel context.CancelFunc
	number int
}

type prompter interface {
	prompt(ctx context.Context, number int) error
}

func begin(parent context.Context, p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent) // want "`cancel` is not called on every way out: at the return on line 24"
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	go e.untilOver()
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

func (e *exchange) untilOver() {
	<-e.ctx.Done()
	println(e.number)
}

func (e *exchange) End() { e.cancel() }

// A table of those under way: only their number is asked for.
type desk struct {
	mu    sync.Mutex
	taken map[int]*exchange
}

func newDesk() *desk { return &desk{taken: make(map[int]*exchange)} }

func (d *desk) begin(parent context.Context, p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent) // want "`cancel` is not called on every way out: at the return on line 49"
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	d.note(e)
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

func (d *desk) note(e *exchange) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken[e.number] = e
}

func (d *desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.taken)
}
