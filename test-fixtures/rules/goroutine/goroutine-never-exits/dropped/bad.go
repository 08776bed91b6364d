package dropped

import (
	"context"
	"sync"
	"time"
)

// A harbour has boats, each with a beacon that blinks until it is put out.
type harbour struct {
	mu    sync.Mutex
	boats map[string]*boat
}

type boat struct {
	name  string
	since time.Time
	out   chan struct{}
}

func (h *harbour) Moor(name string, blink func()) {
	b := &boat{name: name, since: time.Now(), out: make(chan struct{})}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.boats[name] = b
	go b.shine(blink) // want "never ends once `tide` has deleted from `h.boats` on line \\d+: only `b.dim\\(\\)` ends it"
}

func (b *boat) shine(blink func()) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			blink()
		case <-b.out:
			return
		}
	}
}

func (b *boat) dim() { close(b.out) }

func (h *harbour) Sail(name string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, ok := h.boats[name]
	if ok {
		delete(h.boats, name)
		b.dim()
	}
	return ok
}

func (h *harbour) tide(limit time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, b := range h.boats {
		if time.Since(b.since) > limit {
			delete(h.boats, name)
		}
	}
}

func (h *harbour) Watch(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(time.Minute)
		h.tide(time.Hour)
	}
}

// Contexts, made by a function that starts the goroutine.
type Aquarium struct{ tanks map[int]*tank }

type tank struct {
	ctx    context.Context
	drain  context.CancelFunc
	litres int
}

func newTank(litres int) *tank {
	ctx, cancel := context.WithCancel(context.Background())
	t := &tank{ctx: ctx, drain: cancel, litres: litres}
	go t.filter() // want "never ends once `Shrink` has deleted from `a.tanks` on line \\d+: only `t.drain\\(\\)` ends it"
	return t
}

func (t *tank) filter() {
	for {
		select {
		case <-t.ctx.Done():
			return
		case <-time.After(time.Second):
		}
	}
}

func (a *Aquarium) Fill(id, litres int) {
	t := newTank(litres)
	a.tanks[id] = t
}

func (a *Aquarium) Empty(id int) {
	if t := a.tanks[id]; t != nil {
		t.drain()
		delete(a.tanks, id)
	}
}

func (a *Aquarium) Shrink(id int) int {
	t, ok := a.tanks[id]
	if !ok {
		return 0
	}
	if t.litres < 100 {
		delete(a.tanks, id)
	}
	return len(a.tanks)
}

// A context with a parent.
type choirs struct{ singing map[string]*choir }

type choir struct {
	hush  context.CancelFunc
	songs int
}

func (c *choirs) Start(ctx context.Context, name string) {
	ctx, cancel := context.WithCancel(ctx)
	v := &choir{hush: cancel}
	c.singing[name] = v
	go func() { // want "goes on after `Forget` has deleted from `c.singing` on line \\d+, until the parent of its context ends: `v.hush\\(\\)` would end it"
		<-ctx.Done()
		println(name)
	}()
}

func (c *choirs) Close() {
	for name, v := range c.singing {
		v.hush()
		delete(c.singing, name)
	}
}

func (c *choirs) Forget(name string) {
	if v := c.singing[name]; v != nil && v.songs == 0 {
		delete(c.singing, name)
	}
}
