package replaced

import (
	"context"
	"sync"
)

type hive struct {
	flight string
	count  int
	land   context.CancelFunc
}

func (h *hive) fly(ctx context.Context) { <-ctx.Done() }

// The old one is ended before.
type beekeeper struct {
	mu    sync.Mutex
	hives map[string]*hive
}

func (b *beekeeper) Move(ctx context.Context, name, flight string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if old, ok := b.hives[name]; ok {
		if old.flight == flight {
			return
		}
		old.land()
	}
	b.set(ctx, name, flight)
}

func (b *beekeeper) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	h := &hive{flight: flight, land: land}
	b.hives[name] = h
	go h.fly(ctx)
}

func (b *beekeeper) Drop(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if old, ok := b.hives[name]; ok {
		old.land()
		delete(b.hives, name)
	}
}

// Whatever is there stays.
type orchard struct{ hives map[string]*hive }

func (o *orchard) Place(ctx context.Context, name, flight string) {
	if _, ok := o.hives[name]; ok {
		return
	}
	o.set(ctx, name, flight)
}

func (o *orchard) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	h := &hive{flight: flight, land: land}
	o.hives[name] = h
	go h.fly(ctx)
}

func (o *orchard) Drop(name string) {
	if old, ok := o.hives[name]; ok {
		old.land()
		delete(o.hives, name)
	}
}

// The helper itself ends the old one.
type meadow struct{ hives map[string]*hive }

func (m *meadow) Place(ctx context.Context, name, flight string) {
	if old, ok := m.hives[name]; ok && old.flight == flight {
		return
	}
	m.set(ctx, name, flight)
}

func (m *meadow) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	h := &hive{flight: flight, land: land}
	m.drop(name)
	m.hives[name] = h
	go h.fly(ctx)
}

func (m *meadow) drop(name string) {
	if old, ok := m.hives[name]; ok {
		old.land()
		delete(m.hives, name)
	}
}

// Another helper ends it, for all whose flight is another one.
type heath struct{ hives map[string]*hive }

func (h *heath) Place(ctx context.Context, flights map[string]string) {
	for name, flight := range flights {
		h.dropOthers(name, flight)
		if old, ok := h.hives[name]; ok && old.flight == flight {
			continue
		}
		h.set(ctx, name, flight)
	}
}

func (h *heath) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	one := &hive{flight: flight, land: land}
	h.hives[name] = one
	go one.fly(ctx)
}

func (h *heath) dropOthers(name, flight string) {
	if old, ok := h.hives[name]; ok && old.flight != flight {
		old.land()
		delete(h.hives, name)
	}
}

// Those that a first loop ends stay in the map until they are replaced.
type garden struct{ hives map[string]*hive }

func (g *garden) Place(ctx context.Context, flights map[string]string) {
	for name, old := range g.hives {
		if flights[name] != old.flight {
			old.land()
		}
	}
	for name, flight := range flights {
		if old, ok := g.hives[name]; ok && old.flight == flight {
			continue
		}
		g.set(ctx, name, flight)
	}
}

func (g *garden) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	one := &hive{flight: flight, land: land}
	g.hives[name] = one
	go one.fly(ctx)
}

func (g *garden) Drop(name string) {
	if old, ok := g.hives[name]; ok {
		old.land()
		delete(g.hives, name)
	}
}

// Only one that has come to its end is replaced.
type apiary struct{ swarms map[string]*swarm }

type swarm struct {
	settled bool
	leave   context.CancelFunc
}

func (s *swarm) roam(ctx context.Context, bees int) {
	defer s.leave()
	for range bees {
		if ctx.Err() != nil {
			break
		}
	}
	s.settled = true
}

func (a *apiary) Send(ctx context.Context, name string, bees int) {
	if now, ok := a.swarms[name]; ok && !now.settled {
		return
	}
	a.set(ctx, name, bees)
}

func (a *apiary) set(ctx context.Context, name string, bees int) {
	ctx, leave := context.WithCancel(ctx)
	s := &swarm{leave: leave}
	a.swarms[name] = s
	go s.roam(ctx, bees)
}

func (a *apiary) Drop(name string) {
	if old, ok := a.swarms[name]; ok {
		old.leave()
		delete(a.swarms, name)
	}
}

// The key that is filled is another one.
type terrace struct {
	pots map[string]*hive
	next string
}

func (t *terrace) Place(ctx context.Context, name, other, flight string) {
	if old, ok := t.pots[name]; ok && old.flight == flight {
		return
	}
	t.set(ctx, other, flight)
}

func (t *terrace) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	one := &hive{flight: flight, land: land}
	t.pots[name] = one
	go one.fly(ctx)
}

func (t *terrace) Drop(name string) {
	if old, ok := t.pots[name]; ok {
		old.land()
		delete(t.pots, name)
	}
}

// The old one is kept by others, who end it.
type balcony struct {
	pots map[string]*hive
	past []*hive
}

func (b *balcony) Place(ctx context.Context, name, flight string) {
	if old, ok := b.pots[name]; ok {
		if old.flight == flight {
			return
		}
		b.past = append(b.past, old)
	}
	b.set(ctx, name, flight)
}

func (b *balcony) set(ctx context.Context, name, flight string) {
	ctx, land := context.WithCancel(ctx)
	one := &hive{flight: flight, land: land}
	b.pots[name] = one
	go one.fly(ctx)
}

func (b *balcony) Drop(name string) {
	for _, old := range b.past {
		old.land()
	}
	if old, ok := b.pots[name]; ok {
		old.land()
		delete(b.pots, name)
	}
}

// Who is no longer in the map ends by itself.
type window struct {
	mu    sync.Mutex
	boxes map[string]*box
}

type box struct {
	kind  string
	clear context.CancelFunc
}

func (w *window) Plant(name, kind string, rain <-chan int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if old, ok := w.boxes[name]; ok && old.kind == kind {
		return
	}
	w.set(name, kind, rain)
}

func (w *window) set(name, kind string, rain <-chan int) {
	ctx, clear := context.WithCancel(context.Background())
	one := &box{kind: kind, clear: clear}
	w.boxes[name] = one
	go w.water(ctx, name, one, rain)
}

func (w *window) water(ctx context.Context, name string, one *box, rain <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-rain:
		}
		w.mu.Lock()
		isOn := w.boxes[name] == one
		w.mu.Unlock()
		if !isOn {
			return
		}
	}
}

func (w *window) Drop(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if old, ok := w.boxes[name]; ok {
		old.clear()
		delete(w.boxes, name)
	}
}

// The work of each comes to an end, and nothing above it knows its context.
type shed struct{ tools map[string]*tool }

type tool struct {
	size int
	rest context.CancelFunc
}

func (s *shed) Use(name string, size int) {
	if old, ok := s.tools[name]; ok && old.size == size {
		return
	}
	s.set(name, size)
}

func (s *shed) set(name string, size int) {
	ctx, rest := context.WithCancel(context.Background())
	one := &tool{size: size, rest: rest}
	s.tools[name] = one
	go dig(ctx, size)
}

func dig(ctx context.Context, size int) {
	for range size {
		if ctx.Err() != nil {
			return
		}
	}
}

func (s *shed) Drop(name string) {
	if old, ok := s.tools[name]; ok {
		old.rest()
		delete(s.tools, name)
	}
}
