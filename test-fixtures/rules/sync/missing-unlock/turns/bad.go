package turns

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
)

// A room is booked by one party at a time.
type room struct {
	taken chan struct{}
	mu    sync.Mutex
	name  string
	shut  bool
}

type hotel struct {
	mu    sync.Mutex
	rooms map[string]*room
}

func (h *hotel) room(name string) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[name]
	if r == nil {
		r = &room{taken: make(chan struct{}, 1), name: name}
		h.rooms[name] = r
	}
	return r
}

func (h *hotel) book(ctx context.Context, name string) error {
	r := h.room(name)
	select {
	case r.taken <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hotel) free(name string) {
	r := h.room(name)
	<-r.taken
}

func (h *hotel) freeAll(names []string) {
	for _, name := range names {
		h.free(name)
	}
}

// The caller gets nothing to free the first ones with.
func (h *hotel) Block(ctx context.Context, names []string) (func(), error) {
	sort.Strings(names)
	for _, name := range names {
		if err := h.book(ctx, name); err != nil { // want "The return on line 61 leaves taken what `h.book` has taken in the turns before"
			return nil, fmt.Errorf("book %s: %w", name, err)
		}
	}
	return func() { h.freeAll(names) }, nil
}

// The function itself frees them all, if it gets there.
func (h *hotel) Clean(ctx context.Context, names []string, clean func(string)) error {
	for _, name := range names {
		err := h.book(ctx, name) // want "The return on line 72 leaves taken"
		if err != nil {
			return err
		}
	}
	for _, name := range names {
		clean(name)
	}
	h.freeAll(names)
	return nil
}

var errShut = errors.New("shut")

// Mutexes of the elements.
func inspect(rooms []*room, look func([]*room)) error {
	for _, r := range rooms {
		r.mu.Lock() // want "The return on line 89 leaves taken what `r.mu.Lock`"
		if r.shut {
			return errShut
		}
	}
	look(rooms)
	for _, r := range rooms {
		r.mu.Unlock()
	}
	return nil
}

// Those that could be locked are noted, and forgotten.
func (h *hotel) TryAll(names []string) (release func(), ok bool) {
	var held []*room
	for _, name := range names {
		r := h.room(name)
		if !r.mu.TryLock() { // want "The return on line 105 leaves taken"
			return nil, false
		}
		held = append(held, r)
	}
	return func() {
		for _, r := range held {
			r.mu.Unlock()
		}
	}, true
}
