package levels

import "sync"

// What is handed on goes after the lock has been let go of.
type shelf struct {
	drop func(jar string)

	mu   sync.Mutex
	room int
	jars []string
}

func newShelf(room int, drop func(string)) *shelf { return &shelf{room: room, drop: drop} }

func (s *shelf) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.jars)
}

func (s *shelf) Put(jar string) {
	s.mu.Lock()
	s.jars = append(s.jars, jar)
	s.mu.Unlock()
}

func (s *shelf) Narrow(room int) {
	s.mu.Lock()
	s.room = room
	gone := s.jars[min(room, len(s.jars)):]
	s.jars = s.jars[:len(s.jars)-len(gone)]
	s.mu.Unlock()
	for _, jar := range gone {
		s.drop(jar)
	}
}

type larder struct{ upper, lower *shelf }

func newLarder(room int) *larder {
	l := &larder{lower: newShelf(room, func(string) {})}
	l.upper = newShelf(room, l.lowerDown)
	return l
}

func (l *larder) lowerDown(jar string) {
	if l.upper.Count() < 10 {
		l.lower.Put(jar)
	}
}

func (l *larder) Rebuild(room int) { l.upper.Narrow(room) }

// Only the one that asks another is emptied with its lock held.
type drawer struct {
	over func(sock string)

	mu    sync.Mutex
	socks []string
}

func newDrawer(over func(string)) *drawer { return &drawer{over: over} }

func (d *drawer) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.socks)
}

func (d *drawer) Empty() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, sock := range d.socks {
		d.over(sock)
	}
	d.socks = nil
}

type dresser struct{ top, bottom *drawer }

func newDresser() *dresser {
	d := &dresser{bottom: newDrawer(func(string) {})}
	d.top = newDrawer(d.full)
	return d
}

func (d *dresser) full(string) { println(d.top.Count()) }

func (d *dresser) Clear() { d.bottom.Empty() }

// What is called asks another one than the one that calls.
type basket struct {
	tell func()

	mu    sync.Mutex
	pears int
}

func newBasket(tell func()) *basket { return &basket{tell: tell} }

func (b *basket) Pears() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pears
}

func (b *basket) Add() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pears++
	b.tell()
}

type stall struct{ left, right *basket }

func newStall() *stall {
	s := &stall{right: newBasket(func() {})}
	s.left = newBasket(s.compare)
	return s
}

func (s *stall) compare() { println(s.right.Pears()) }

func (s *stall) Sell() { s.left.Add() }

// The field is given another one before anything is called.
type lamp struct {
	lit func()

	mu sync.Mutex
	on bool
}

func newLamp(lit func()) *lamp { return &lamp{lit: lit} }

func (l *lamp) On() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.on
}

func (l *lamp) Light() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on = true
	l.lit()
}

type porch struct {
	lamp  *lamp
	spare *lamp
}

func newPorch() *porch {
	p := &porch{}
	p.lamp = newLamp(p.shine)
	p.spare = p.lamp
	p.lamp = newLamp(func() {})
	return p
}

func (p *porch) shine() { println(p.lamp.On()) }

func (p *porch) Dusk() { p.spare.Light() }
