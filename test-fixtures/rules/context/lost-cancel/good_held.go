package lostcancel

import "context"

func beginAndEnd(parent context.Context, p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent)
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	if err := p.prompt(e.ctx, number); err != nil {
		e.End()
		return nil, err
	}
	return e, nil
}

// Its own goroutine ends it.
func beginWatched(parent context.Context, p prompter, number int, over <-chan struct{}) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent)
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	go e.endAfter(over)
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

func (e *exchange) endAfter(over <-chan struct{}) {
	<-over
	e.cancel()
}

// Neither a parent nor a timer holds it.
func beginAlone(p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(context.Background())
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

// Who closes the office ends what is under way.
type office struct{ taken map[int]*exchange }

func newOffice() *office { return &office{taken: make(map[int]*exchange)} }

func (o *office) begin(parent context.Context, p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent)
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	o.taken[number] = e
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

func (o *office) Close() {
	for _, e := range o.taken {
		e.End()
	}
}

// Somebody else has the table, too.
type branch struct{ taken map[int]*exchange }

func newBranch(taken map[int]*exchange) *branch { return &branch{taken: taken} }

func (b *branch) begin(parent context.Context, p prompter, number int) (*exchange, error) {
	ctx, cancel := context.WithCancel(parent)
	e := &exchange{ctx: ctx, cancel: cancel, number: number}
	b.taken[number] = e
	if err := p.prompt(e.ctx, number); err != nil {
		return nil, err
	}
	return e, nil
}

func endAll(taken map[int]*exchange) {
	for _, e := range taken {
		e.End()
	}
}

func branchOf(taken map[int]*exchange) func() {
	b := newBranch(taken)
	_ = b
	return func() { endAll(taken) }
}
