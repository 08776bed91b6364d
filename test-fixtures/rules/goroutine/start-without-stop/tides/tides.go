package tides

import (
	"context"
	"errors"
	"time"
)

var errNoTide = errors.New("no tide")

// Harbour tells of its tides.
type Harbour struct {
	depth func() int
	every time.Duration
}

// A tide follows the depth of the water until it is stopped.
type tide struct {
	depths chan int
	end    context.CancelFunc
	read   func() int
}

// Tide starts one.
func (h *Harbour) Tide() *tide {
	ctx, cancel := context.WithCancel(context.Background())
	t := &tide{depths: make(chan int), end: cancel, read: h.depth}
	go t.follow(ctx, h.every)
	return t
}

func (t *tide) Stop() { t.end() }

func (t *tide) Depths() <-chan int { return t.depths }

func (t *tide) follow(ctx context.Context, every time.Duration) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		select {
		case <-ctx.Done():
			return
		case t.depths <- t.read():
		}
	}
}

func (h *Harbour) deepEnough(ctx context.Context, draught int) error {
	t := h.Tide() // want "`h.Tide` leaves a goroutine running, the function ends on line 57 without `t.Stop\\(\\)`"
	for {
		select {
		case d := <-t.Depths():
			if d > draught {
				return nil
			}
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
	}
}

func (h *Harbour) turning(ctx context.Context) (int, error) {
	t := h.Tide()
	defer t.Stop()
	select {
	case d := <-t.Depths():
		return d, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// A mooring keeps its context itself.
type mooring struct {
	ctx    context.Context
	cancel context.CancelFunc
	pull   chan int
}

func newMooring() *mooring {
	m := &mooring{pull: make(chan int)}
	m.ctx, m.cancel = context.WithCancel(context.Background())
	go m.watch()
	return m
}

func (m *mooring) watch() {
	for {
		select {
		case <-m.ctx.Done():
			return
		case m.pull <- 1:
		}
	}
}

func (m *mooring) Close() {
	if m.cancel != nil {
		m.cancel()
	}
}

func strain(limit int) (int, error) {
	m := newMooring() // want "`newMooring` leaves a goroutine running"
	total := 0
	for total < limit {
		p := <-m.pull
		if p == 0 {
			m.Close()
			return total, errNoTide
		}
		total += p
	}
	return total, nil
}

// A buoy ends with what its maker is given.
type buoy struct {
	light  chan bool
	cancel context.CancelFunc
}

func newBuoy(ctx context.Context) *buoy {
	ctx, cancel := context.WithCancel(ctx)
	b := &buoy{light: make(chan bool), cancel: cancel}
	go b.blink(ctx)
	return b
}

func (b *buoy) blink(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case b.light <- true:
		}
	}
}

func (b *buoy) Stop() { b.cancel() }

// The deadline ends it.
type lamp struct {
	light  chan bool
	cancel context.CancelFunc
}

func newLamp() *lamp {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	l := &lamp{light: make(chan bool), cancel: cancel}
	go l.burn(ctx)
	return l
}

func (l *lamp) burn(ctx context.Context) {
	select {
	case <-ctx.Done():
	case l.light <- true:
	}
}

func (l *lamp) Stop() { l.cancel() }

func lit() bool {
	l := newLamp()
	return <-l.light
}

// What is read from it last ends it.
type wave struct {
	heights chan int
	cancel  context.CancelFunc
}

func newWave() *wave {
	ctx, cancel := context.WithCancel(context.Background())
	w := &wave{heights: make(chan int), cancel: cancel}
	go w.roll(ctx)
	return w
}

func (w *wave) roll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case w.heights <- 1:
		}
	}
}

func (w *wave) next() int {
	h := <-w.heights
	if h == 0 {
		w.cancel()
	}
	return h
}

func (w *wave) Stop() { w.cancel() }

func highest() int {
	w := newWave()
	top := 0
	for h := w.next(); h != 0; h = w.next() {
		top = max(top, h)
	}
	return top
}

// The cancel function is given to somebody else, too.
type ebb struct {
	out    chan int
	cancel context.CancelFunc
}

func newEbb(onEnd func(func())) *ebb {
	ctx, cancel := context.WithCancel(context.Background())
	e := &ebb{out: make(chan int), cancel: cancel}
	onEnd(cancel)
	go e.flow(ctx)
	return e
}

func (e *ebb) flow(ctx context.Context) {
	select {
	case <-ctx.Done():
	case e.out <- 1:
	}
}

func (e *ebb) Stop() { e.cancel() }

func low(onEnd func(func())) int {
	e := newEbb(onEnd)
	return cap(e.out)
}

// A spring has an end of another name, and runs in a part of it.
type well struct {
	spring
	name string
}

type spring struct {
	out chan int
	dry chan struct{}
}

func dig(name string) *well {
	w := &well{spring: spring{out: make(chan int), dry: make(chan struct{})}, name: name}
	go w.run()
	return w
}

func (s *spring) run() {
	for {
		select {
		case s.out <- 1:
		case <-s.dry:
			return
		}
	}
}

func (s *spring) release() { close(s.dry) }

func drink(name string) string {
	w := dig(name) // want "`dig` leaves a goroutine running, the function ends on line 275 without `w.release\\(\\)`"
	<-w.out
	return w.name
}

func draw(name string) int {
	w := dig(name)
	defer w.release()
	return <-w.out
}
