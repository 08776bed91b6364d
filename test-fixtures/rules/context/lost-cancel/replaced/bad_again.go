package replaced

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

var errDocked = errors.New("docked")

// The count tells that there are more tides than one, and after the end there is none.
type pilot struct {
	mu     sync.Mutex
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (p *pilot) Join(harbour <-chan string, berth int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.docked {
		return errDocked
	}
	ctx, moor := context.WithCancel(p.voyage) // want "what `p.moor` held until here is not cancelled: `Join` puts another one in its place"
	p.moor = moor
	p.tides++
	go p.steer(ctx, harbour, berth)
	return nil
}

func (p *pilot) steer(ctx context.Context, harbour <-chan string, berth int) {
	for {
		select {
		case _, ok := <-harbour:
			if !ok {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (p *pilot) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.docked = true
	if p.moor != nil {
		p.moor()
	}
}

// It goes on where the goroutine of an earlier call was.
type diver struct {
	mu         sync.Mutex
	expedition context.Context
	ascend     context.CancelFunc
	depth      int
	dry        bool
}

func (d *diver) Begin(sounder interface {
	Ping(ctx context.Context, from int) <-chan int
}) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dry {
		return errDocked
	}
	ctx, ascend := context.WithCancel(d.expedition) // want "what `d.ascend` held until here is not cancelled"
	d.ascend = ascend
	go d.sink(ctx, sounder.Ping(ctx, d.depth+1))
	return nil
}

func (d *diver) sink(ctx context.Context, echoes <-chan int) {
	for {
		select {
		case at, ok := <-echoes:
			if !ok {
				return
			}
			d.note(at)
		case <-ctx.Done():
			return
		}
	}
}

func (d *diver) note(at int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.depth = at
}

func (d *diver) Stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dry = true
	if d.ascend != nil {
		d.ascend()
	}
}

// Somebody lists the names only; the value is made by a helper and its goroutine started by another call.
type aviary struct {
	mu    sync.Mutex
	birds map[string]*bird
}

type bird struct {
	ctx  context.Context
	cage context.CancelCauseFunc
	seed <-chan int
}

func hatch(ctx context.Context, seed <-chan int) *bird {
	b := &bird{seed: seed}
	b.ctx, b.cage = context.WithCancelCause(ctx)
	return b
}

func (b *bird) eat() {
	for {
		select {
		case <-b.seed:
		case <-b.ctx.Done():
			return
		}
	}
}

func (a *aviary) Keep(ctx context.Context, ring string, seed <-chan int) {
	b := hatch(context.WithoutCancel(ctx), seed) // want "what `a.birds\\[ring\\]` held until here is not cancelled: `Keep` puts another one in its place"
	a.mu.Lock()
	a.birds[ring] = b
	a.mu.Unlock()
	go b.eat()
}

func (a *aviary) Rings() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Sorted(maps.Keys(a.birds))
}

func (a *aviary) Free(ring string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if b, ok := a.birds[ring]; ok {
		b.cage(errDocked)
		delete(a.birds, ring)
	}
}
