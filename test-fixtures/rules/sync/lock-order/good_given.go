package lockorder

import (
	"slices"
	"sync"
)

// Functions that are given and called with a lock held.
type roll struct {
	mu    sync.Mutex
	names []string
}

type school struct {
	roll  *roll
	other *roll
	mu    sync.Mutex
	away  map[string]bool
}

func (r *roll) sign(name string) {
	r.mu.Lock()
	r.names = append(r.names, name)
	r.mu.Unlock()
}

func (r *roll) drop(gone func(string) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = slices.DeleteFunc(r.names, gone)
	for _, name := range r.names {
		gone(name)
	}
}

// Called when the lock has been let go of.
func (r *roll) dropLater(gone func(string) bool) (n int) {
	r.mu.Lock()
	names := slices.Clone(r.names)
	r.mu.Unlock()
	for _, name := range names {
		if gone(name) {
			n++
		}
	}
	return n
}

// It is told whether the lock is held.
func (r *roll) dropIf(locked bool, gone func(string) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !locked {
		gone("")
	}
}

func (s *school) isAway(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away[name]
}

func (s *school) left(name string) bool { return s.away[name] }

func (s *school) Sign(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away[name] = false
	s.roll.sign(name)
}

// Without a lock of its own, by way of another value, behind the lock, and with the flag.
func (s *school) Tidy() {
	s.mu.Lock()
	s.roll.drop(s.left)
	s.mu.Unlock()
	s.other.drop(s.isAway)
	s.roll.dropLater(s.isAway)
	s.roll.dropIf(true, s.isAway)
	s.roll.dropIf(false, s.left)
}

// The same order by both ways.
type wicket struct {
	mu   sync.Mutex
	open int
}

type fairground struct {
	wicket *wicket
	mu     sync.Mutex
	in     int
}

func (g *wicket) pass(enter func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	enter()
	g.open++
}

func (f *fairground) enter() {
	f.mu.Lock()
	f.in++
	f.mu.Unlock()
}

func (f *fairground) Come() { f.wicket.pass(f.enter) }

func (f *fairground) Leave() {
	f.wicket.mu.Lock()
	defer f.wicket.mu.Unlock()
	f.mu.Lock()
	f.in--
	f.mu.Unlock()
}

// A third lock lets one of them go on at a time.
type stage struct {
	mu  sync.Mutex
	act int
}

type theatre struct {
	doors sync.Mutex
	stage *stage
	mu    sync.Mutex
	seats int
}

func (s *stage) play(seen func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.act++
	seen()
}

func (s *stage) clear() {
	s.mu.Lock()
	s.act = 0
	s.mu.Unlock()
}

func (t *theatre) sit() {
	t.mu.Lock()
	t.seats++
	t.mu.Unlock()
}

func (t *theatre) Evening() {
	t.doors.Lock()
	defer t.doors.Unlock()
	t.stage.play(t.sit)
}

func (t *theatre) Close() {
	t.doors.Lock()
	defer t.doors.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seats = 0
	t.stage.clear()
}
