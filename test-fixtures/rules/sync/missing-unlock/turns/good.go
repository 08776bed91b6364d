package turns

import (
	"context"
	"errors"
	"sync"
)

// Those taken before are freed.
func (h *hotel) blockAll(ctx context.Context, names []string) (func(), error) {
	for i, name := range names {
		if err := h.book(ctx, name); err != nil {
			h.freeAll(names[:i])
			return nil, err
		}
	}
	return func() { h.freeAll(names) }, nil
}

func (h *hotel) blockEach(ctx context.Context, names []string) (func(), error) {
	for i, name := range names {
		if err := h.book(ctx, name); err != nil {
			for j := 0; j < i; j++ {
				h.free(names[j])
			}
			return nil, err
		}
	}
	return func() { h.freeAll(names) }, nil
}

// A deferred call does so, or a function in a variable.
func (h *hotel) blockDeferred(ctx context.Context, names []string) (free func(), err error) {
	var held []string
	defer func() {
		if err != nil {
			h.freeAll(held)
		}
	}()
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return nil, err
		}
		held = append(held, name)
	}
	return func() { h.freeAll(names) }, nil
}

func (h *hotel) blockUndo(ctx context.Context, names []string) (func(), error) {
	var held []string
	undo := func() { h.freeAll(held) }
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			undo()
			return nil, err
		}
		held = append(held, name)
	}
	return undo, nil
}

// The caller gets the function in any case.
func (h *hotel) blockSome(ctx context.Context, names []string) (func(), error) {
	var held []string
	free := func() { h.freeAll(held) }
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return free, err
		}
		held = append(held, name)
	}
	return func() { h.freeAll(held) }, nil
}

// Only one is taken.
func (h *hotel) any(ctx context.Context, names []string) (func(), error) {
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return nil, err
		}
		break
	}
	return func() { h.freeAll(names[:1]) }, nil
}

// Each is freed in its turn.
func (h *hotel) turn(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return err
		}
		h.free(name)
	}
	h.Block(ctx, names)
	return nil
}

// A goroutine has it, or a list of the value's own.
func (h *hotel) serve(ctx context.Context, names []string, work func(string)) error {
	var wg sync.WaitGroup
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return err
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer h.free(name)
			work(name)
		}()
	}
	wg.Wait()
	return nil
}

type party struct {
	hotel *hotel
	held  []string
}

func (p *party) leave() {
	for _, name := range p.held {
		p.hotel.free(name)
	}
	p.held = nil
}

func (p *party) enter(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := p.hotel.book(ctx, name); err != nil {
			return err
		}
		p.held = append(p.held, name)
	}
	if len(names) == 0 {
		return errors.New("nobody")
	}
	return nil
}

// The caller frees what it has named, whatever comes of it.
func (h *hotel) bookAll(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (h *hotel) stay(ctx context.Context, names []string) error {
	defer h.freeAll(names)
	return h.bookAll(ctx, names)
}

// A taker that lets go of all it has where it fails.
func (p *party) add(ctx context.Context, name string) error {
	if err := p.hotel.book(ctx, name); err != nil {
		p.leave()
		return err
	}
	p.held = append(p.held, name)
	return nil
}

func (p *party) addAll(ctx context.Context, names []string) (func(), error) {
	for _, name := range names {
		if err := p.add(ctx, name); err != nil {
			return nil, err
		}
	}
	return func() { p.hotel.freeAll(names) }, nil
}

// What fails has let go of its own lock, and that of the others is released in the helper.
func unlockAll(rooms []*room) {
	for _, r := range rooms {
		r.mu.Unlock()
	}
}

func visit(rooms []*room) error {
	for i, r := range rooms {
		r.mu.Lock()
		if r.shut {
			unlockAll(rooms[:i+1])
			return errShut
		}
	}
	unlockAll(rooms)
	return nil
}

// There is nothing to free in the first turn.
func (h *hotel) blockCounted(ctx context.Context, names []string) (func(), error) {
	held := make([]string, 0, len(names))
	for _, name := range names {
		if err := h.book(ctx, name); err != nil {
			if len(held) > 0 {
				h.freeAll(held)
			}
			return nil, err
		}
		held = append(held, name)
	}
	return func() { h.freeAll(held) }, nil
}
