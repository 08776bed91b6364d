package elements

import "sync"

// The element is closed when the lock is free.
type seat struct{ onLeave func(*seat) }

func (s *seat) leave() { s.onLeave(s) }

type hall struct {
	mu    sync.Mutex
	seats map[int]*seat
	n     int
}

func (h *hall) sit(number int) {
	s := &seat{onLeave: h.left}
	h.mu.Lock()
	h.seats[number] = s
	h.mu.Unlock()
}

func (h *hall) left(*seat) {
	h.mu.Lock()
	h.n--
	h.mu.Unlock()
}

func (h *hall) clear(number int) {
	h.mu.Lock()
	s := h.seats[number]
	delete(h.seats, number)
	h.mu.Unlock()
	if s != nil {
		s.leave()
	}
}

// The hook is that of another value than the one in whose list the element is.
type coach struct{ onStop func() }

func (c *coach) stop() { c.onStop() }

type depot struct {
	mu      sync.Mutex
	coaches []*coach
	stopped int
}

func (d *depot) count() {
	d.mu.Lock()
	d.stopped++
	d.mu.Unlock()
}

func lend(from, to *depot) {
	c := &coach{onStop: from.count}
	to.mu.Lock()
	to.coaches = append(to.coaches, c)
	to.mu.Unlock()
}

func (d *depot) stopAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.coaches {
		c.stop()
	}
}

// The hook is called on a goroutine of its own.
type kite struct{ onLand func() }

func (k *kite) land() { go k.onLand() }

type beach struct {
	mu    sync.Mutex
	kites []*kite
	n     int
}

func (b *beach) fly() {
	k := &kite{}
	k.onLand = b.landed
	b.mu.Lock()
	b.kites = append(b.kites, k)
	b.mu.Unlock()
}

func (b *beach) landed() {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
}

func (b *beach) landAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.kites {
		k.land()
	}
}
