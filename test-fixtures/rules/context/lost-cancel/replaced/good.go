package replaced

import (
	"context"
	"errors"
	"sync"
)

var errBusy = errors.New("busy")

type hall struct {
	mu     sync.Mutex
	on     *play
	past   []*play
	closed bool
}

// The old one is ended before.
func (h *hall) Show(ctx context.Context, title string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.on != nil {
		h.on.drop()
	}
	ctx, drop := context.WithCancel(ctx)
	h.on = &play{title: title, drop: drop}
	go h.on.perform(ctx)
}

func (h *hall) Clear() {
	if h.on != nil {
		h.on.drop()
		h.on = nil
	}
}

// Ended after.
type cinema struct{ on *play }

func (c *cinema) Show(ctx context.Context, title string) {
	_, drop := context.WithCancel(ctx)
	old := c.on
	c.on = &play{title: title, drop: drop}
	if old != nil {
		old.drop()
	}
}

func (c *cinema) Stop() {
	if c.on != nil {
		c.on.drop()
		c.on = nil
	}
}

// There is none.
type circus struct{ on *play }

func (c *circus) Show(ctx context.Context, title string) error {
	if c.on != nil {
		return errBusy
	}
	_, drop := context.WithCancel(ctx)
	c.on = &play{title: title, drop: drop}
	return nil
}

func (c *circus) Fill(ctx context.Context) {
	if c.on == nil {
		_, drop := context.WithCancel(ctx)
		c.on = &play{drop: drop}
	}
}

func (c *circus) Stop() {
	if c.on != nil {
		c.on.drop()
		c.on = nil
	}
}

// A helper ends it.
type arena struct{ on *play }

func (a *arena) Show(ctx context.Context, title string) {
	if a.on != nil && a.on.title == title {
		return
	}
	a.Stop()
	_, drop := context.WithCancel(ctx)
	a.on = &play{title: title, drop: drop}
}

func (a *arena) Stop() {
	if a.on != nil {
		a.on.drop()
		a.on = nil
	}
}

// It is kept elsewhere.
type festival struct {
	on   *play
	past []*play
}

func (f *festival) Show(ctx context.Context, title string) {
	if f.on != nil {
		f.past = append(f.past, f.on)
	}
	_, drop := context.WithCancel(ctx)
	f.on = &play{title: title, drop: drop}
}

func (f *festival) Stop() {
	for _, p := range f.past {
		p.drop()
	}
	if f.on != nil {
		f.on.drop()
	}
}

// Its goroutine ends it itself.
type puppets struct{ on *puppet }

type puppet struct {
	name string
	drop context.CancelFunc
}

func (p *puppet) dance(ctx context.Context, done <-chan struct{}) {
	defer p.drop()
	select {
	case <-ctx.Done():
	case <-done:
	}
}

func (p *puppets) Show(ctx context.Context, name string, done <-chan struct{}) {
	if p.on != nil && p.on.name == name {
		return
	}
	ctx, drop := context.WithCancel(ctx)
	next := &puppet{name: name, drop: drop}
	p.on = next
	go next.dance(ctx, done)
}

func (p *puppets) Stop() {
	if p.on != nil {
		p.on.drop()
		p.on = nil
	}
}

// Nothing holds the context, and nobody waits for it.
type mime struct{ on *play }

func (m *mime) Show(title string) context.Context {
	if m.on != nil {
		println(m.on.title)
	}
	ctx, drop := context.WithCancel(context.Background())
	m.on = &play{title: title, drop: drop}
	return ctx
}

func (m *mime) Stop() {
	if m.on != nil {
		m.on.drop()
		m.on = nil
	}
}

// It is returned to who ends it.
type revue struct{ on *play }

func (r *revue) Show(ctx context.Context, title string) *play {
	old := r.on
	if old != nil {
		println(old.title)
	}
	_, drop := context.WithCancel(ctx)
	r.on = &play{title: title, drop: drop}
	return old
}

func (r *revue) Stop() {
	if r.on != nil {
		r.on.drop()
		r.on = nil
	}
}

// Who took it before ends it when it is over.
type review struct{ on *play }

func (r *review) Show(ctx context.Context, title string) {
	if r.on != nil && r.on.title == title {
		return
	}
	ctx, drop := context.WithCancel(ctx)
	r.on = &play{title: title, drop: drop}
	go r.until(ctx)
}

func (r *review) until(ctx context.Context) {
	on := r.on
	<-ctx.Done()
	on.drop()
}
