package lockorder

import "sync"

// An element tells the owner when it has let go of its own lock.
type bazaar struct {
	mu     sync.Mutex
	stands []*bazaarStand
	sold   map[int]bool
}

type bazaarStand struct {
	bazaar *bazaar
	number int

	mu    sync.Mutex
	goods int
}

func (m *bazaar) Add() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stands = append(m.stands, &bazaarStand{bazaar: m, number: len(m.stands)})
}

func (m *bazaar) soldOut(number int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sold[number] = true
}

func (s *bazaarStand) Sell() {
	s.mu.Lock()
	s.goods--
	isOut := s.goods == 0
	s.mu.Unlock()
	if isOut {
		s.bazaar.soldOut(s.number)
	}
}

func (s *bazaarStand) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.goods
}

func (m *bazaar) fullest() *bazaarStand {
	best := m.stands[0]
	for _, s := range m.stands[1:] {
		if s.left() > best.left() {
			best = s
		}
	}
	return best
}

func (m *bazaar) Restock() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	from, to := m.fullest(), m.stands[0]
	return from.left() - to.left() + m.stands[1].left()
}

// The owner asks its elements when it has let go of its own lock: the list is copied, or one is picked.
type museum struct {
	mu    sync.Mutex
	rooms []*museumRoom
	count int
}

type museumRoom struct {
	museum *museum

	mu     sync.Mutex
	guests int
}

func (m *museum) Build() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rooms = append(m.rooms, &museumRoom{museum: m})
}

func (m *museum) came() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count++
}

func (r *museumRoom) Enter() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.guests++
	r.museum.came()
}

func (r *museumRoom) inside() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.guests
}

func (m *museum) room(n int) *museumRoom {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rooms[n]
}

func (m *museum) Fullest() int {
	m.mu.Lock()
	all := append([]*museumRoom(nil), m.rooms...)
	m.mu.Unlock()
	most := 0
	for _, r := range all {
		most = max(most, r.inside())
	}
	return max(most, m.room(0).inside())
}

// One that has just been made, and is in no list yet, is nobody else's; nor does one of another list belong to this owner.
type club struct {
	mu      sync.Mutex
	members []*clubMember
	guests  int
}

type clubMember struct {
	club *club

	mu   sync.Mutex
	debt int
}

func (c *club) visited() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.guests++
}

func (m *clubMember) Bring() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.debt++
	m.club.visited()
}

func (m *clubMember) owes() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.debt
}

func (c *club) fresh() *clubMember { return &clubMember{club: c} }

func (c *club) Join() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	first, second := c.fresh(), &clubMember{club: c}
	first.debt += second.owes()
	c.members = append(c.members, first, second)
	return first.owes()
}

func best(of []*clubMember) *clubMember {
	found := of[0]
	for _, m := range of[1:] {
		if m.club != nil {
			found = m
		}
	}
	return found
}

func (c *club) Compare(rivals []*clubMember) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, other := best(rivals), rivals[0]
	return one.owes() - other.owes()
}

// Locks of two elements, one after the other and at once: that is no order of owner and element.
type rink struct {
	mu      sync.Mutex
	skaters []*skater
	lap     int
}

type skater struct {
	mu   sync.Mutex
	laps int
}

func (s *skater) skate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.laps += n
}

func (r *rink) Swap(a, b int) {
	if a == b {
		return
	}
	first, second := r.skaters[min(a, b)], r.skaters[max(a, b)]
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	first.laps, second.laps = second.laps, first.laps
}

func (r *rink) Lap() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lap++
	r.skaters[0].skate(1)
	r.skaters[1].skate(1)
	r.allSkate()
}

func (r *rink) allSkate() {
	for _, s := range r.skaters[1:] {
		s.skate(1)
	}
}
