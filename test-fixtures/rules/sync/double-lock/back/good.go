package back

import "sync"

// The value it leads to is another one.
type team struct {
	mu     sync.Mutex
	size   int
	parent *team
	deputy *deputy
}

type deputy struct{ of *team }

func newTeam(parent *team) *team {
	t := &team{parent: parent}
	t.deputy = &deputy{of: parent}
	return t
}

func (t *team) Size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.size
}

func (t *team) Grow() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.size++
	t.deputy.tell()
}

func (d *deputy) tell() { println(d.of.Size()) }

// It is taken away before it is told.
type club struct {
	mu      sync.Mutex
	members map[int]*member
}

type member struct {
	id   int
	club *club
}

func (c *club) Join(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.members[id] = &member{id: id, club: c}
}

func (c *club) drop(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.members, id)
}

func (m *member) leave() {
	if m.club != nil {
		m.club.drop(m.id)
	}
}

func (c *club) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.members {
		m.club = nil
		m.leave()
	}
}

// The lock is free when the elements are called.
type fleet struct {
	mu    sync.Mutex
	ships map[int]*ship
}

type ship struct {
	id int
	of *fleet
}

func (f *fleet) Launch(id int) {
	s := &ship{id: id, of: f}
	f.mu.Lock()
	f.ships[id] = s
	f.mu.Unlock()
}

func (f *fleet) forget(id int) {
	f.mu.Lock()
	delete(f.ships, id)
	f.mu.Unlock()
}

func (s *ship) sink() { s.of.forget(s.id) }

func (f *fleet) Sink() {
	f.mu.Lock()
	all := make([]*ship, 0, len(f.ships))
	for _, s := range f.ships {
		all = append(all, s)
	}
	f.mu.Unlock()
	for _, s := range all {
		s.sink()
	}
}

// Whoever holds the lock says so.
type bus struct {
	mu    sync.Mutex
	stops []*stop
	n     int
}

type stop struct{ bus *bus }

func (b *bus) Add() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stops = append(b.stops, &stop{bus: b})
}

func (s *stop) call(isLocked bool) {
	if !isLocked {
		s.bus.mu.Lock()
		defer s.bus.mu.Unlock()
	}
	s.bus.n++
}

func (b *bus) Call() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.stops {
		s.call(true)
	}
}

// Some of them belong to others.
type lender struct {
	mu    sync.Mutex
	items map[string]*item
}

type item struct {
	name  string
	owner *lender
}

func (l *lender) Buy(name string) {
	l.mu.Lock()
	l.items[name] = &item{name: name, owner: l}
	l.mu.Unlock()
}

func (l *lender) Borrow(from *lender, name string) {
	l.mu.Lock()
	l.items[name] = &item{name: name, owner: from}
	l.mu.Unlock()
}

func (l *lender) has(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.items[name] != nil
}

func (i *item) check() bool { return i.owner.has(i.name) }

func (l *lender) Check() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, i := range l.items {
		println(i.check())
	}
}

// Each lets go of the lock for a while.
type quarry struct {
	mu    sync.Mutex
	carts map[*cart]bool
}

type cart struct{ of *quarry }

func (q *quarry) Add() {
	c := &cart{of: q}
	q.mu.Lock()
	q.carts[c] = true
	q.mu.Unlock()
}

func (c *cart) tip() {
	c.of.mu.Unlock()
	defer c.of.mu.Lock()
	println("tipped")
}

func (c *cart) move() {
	c.of.mu.Unlock()
	println("moved")
	c.of.mu.Lock()
}

func (q *quarry) Tip() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for c := range q.carts {
		c.tip()
		c.move()
	}
}
