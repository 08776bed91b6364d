package replaced

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

var errAsleep = errors.New("asleep")

// The one before is ended.
type ferry struct {
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (f *ferry) Join(harbour <-chan string) error {
	if f.docked {
		return errAsleep
	}
	if f.moor != nil {
		f.moor()
	}
	ctx, moor := context.WithCancel(f.voyage)
	f.moor = moor
	f.tides++
	go drift(ctx, harbour)
	return nil
}

func drift(ctx context.Context, harbour <-chan string) {
	select {
	case <-harbour:
	case <-ctx.Done():
	}
}

func (f *ferry) Close() {
	f.docked = true
	if f.moor != nil {
		f.moor()
	}
}

// The count lets one in only.
type canoe struct {
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (c *canoe) Join(harbour <-chan string) error {
	if c.docked {
		return errAsleep
	}
	if c.tides > 0 {
		return nil
	}
	ctx, moor := context.WithCancel(c.voyage)
	c.moor = moor
	c.tides++
	go drift(ctx, harbour)
	return nil
}

func (c *canoe) Close() {
	c.docked = true
	if c.moor != nil {
		c.moor()
	}
}

// Who leaves and joins again has ended it in between.
type tug struct {
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (t *tug) Join(harbour <-chan string) error {
	if t.docked {
		return errAsleep
	}
	ctx, moor := context.WithCancel(t.voyage)
	t.moor = moor
	t.tides++
	go drift(ctx, harbour)
	return nil
}

func (t *tug) Disconnect() {
	if t.moor != nil {
		t.moor()
		t.moor = nil
	}
}

func (t *tug) Close() {
	t.docked = true
	t.Disconnect()
}

// What is closed can be opened again.
type sloop struct {
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (s *sloop) Join(harbour <-chan string) error {
	if s.docked {
		return errAsleep
	}
	ctx, moor := context.WithCancel(s.voyage)
	s.moor = moor
	s.tides++
	go drift(ctx, harbour)
	return nil
}

func (s *sloop) Stop() {
	s.docked = true
	if s.moor != nil {
		s.moor()
	}
}

func (s *sloop) Launch() { s.docked = false }

// Nothing tells that it is called twice.
type raft struct {
	voyage context.Context
	moor   context.CancelFunc
	docked bool
}

func (r *raft) Join(harbour <-chan string) error {
	if r.docked {
		return errAsleep
	}
	ctx, moor := context.WithCancel(r.voyage)
	r.moor = moor
	go drift(ctx, harbour)
	return nil
}

func (r *raft) Close() {
	r.docked = true
	if r.moor != nil {
		r.moor()
	}
}

// Attempts are counted, whatever becomes of them.
type kayak struct {
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (k *kayak) Join(row func(ctx context.Context) error) error {
	if k.docked {
		return errAsleep
	}
	k.tides++
	ctx, moor := context.WithCancel(k.voyage)
	if err := row(ctx); err != nil {
		moor()
		return err
	}
	k.moor = moor
	return nil
}

func (k *kayak) Close() {
	k.docked = true
	if k.moor != nil {
		k.moor()
	}
}

// The goroutine counts down when it ends.
type barge struct {
	mu     sync.Mutex
	voyage context.Context
	moor   context.CancelFunc
	tides  int
	docked bool
}

func (b *barge) Join(harbour <-chan string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.docked {
		return errAsleep
	}
	ctx, moor := context.WithCancel(b.voyage)
	b.moor = moor
	b.tides++
	go b.sail(ctx, harbour)
	return nil
}

func (b *barge) sail(ctx context.Context, harbour <-chan string) {
	drift(ctx, harbour)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tides--
}

func (b *barge) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.docked = true
	if b.moor != nil {
		b.moor()
	}
}

// What it goes on from can be given before.
type swimmer struct {
	trip  context.Context
	rise  context.CancelFunc
	depth int
	dry   bool
}

func (s *swimmer) At(depth int) { s.depth = depth }

func (s *swimmer) Begin(ping func(ctx context.Context, from int) <-chan int) error {
	if s.dry {
		return errAsleep
	}
	ctx, rise := context.WithCancel(s.trip)
	s.rise = rise
	go s.sink(ctx, ping(ctx, s.depth+1))
	return nil
}

func (s *swimmer) sink(ctx context.Context, echoes <-chan int) {
	for {
		select {
		case at := <-echoes:
			s.depth = at
		case <-ctx.Done():
			return
		}
	}
}

func (s *swimmer) Stop() {
	s.dry = true
	if s.rise != nil {
		s.rise()
	}
}

// The old one is looked up and ended; the names are listed.
type stable struct {
	mu     sync.Mutex
	horses map[string]*horse
}

type horse struct {
	ctx  context.Context
	rest context.CancelCauseFunc
	hay  <-chan int
}

func foal(ctx context.Context, hay <-chan int) *horse {
	h := &horse{hay: hay}
	h.ctx, h.rest = context.WithCancelCause(ctx)
	return h
}

func (h *horse) eat() {
	for {
		select {
		case <-h.hay:
		case <-h.ctx.Done():
			return
		}
	}
}

func (s *stable) Keep(ctx context.Context, name string, hay <-chan int) {
	h := foal(context.WithoutCancel(ctx), hay)
	s.mu.Lock()
	old := s.horses[name]
	s.horses[name] = h
	s.mu.Unlock()
	if old != nil {
		old.rest(errAsleep)
	}
	go h.eat()
}

func (s *stable) Names() []string { return slices.Sorted(maps.Keys(s.horses)) }

func (s *stable) Sell(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.horses[name]; ok {
		h.rest(errAsleep)
		delete(s.horses, name)
	}
}

// Somebody may have taken all of them.
type corral struct {
	horses map[string]*mustang
}

type mustang struct {
	ctx  context.Context
	rest context.CancelCauseFunc
}

func wild(ctx context.Context) *mustang {
	m := &mustang{}
	m.ctx, m.rest = context.WithCancelCause(ctx)
	return m
}

func (m *mustang) run() { <-m.ctx.Done() }

func (c *corral) Keep(ctx context.Context, name string) {
	m := wild(ctx)
	c.horses[name] = m
	go m.run()
}

func (c *corral) All() []*mustang { return slices.Collect(maps.Values(c.horses)) }

func (c *corral) Sell(name string) {
	if m, ok := c.horses[name]; ok {
		m.rest(errAsleep)
		delete(c.horses, name)
	}
}
