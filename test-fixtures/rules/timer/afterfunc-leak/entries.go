package afterfuncleak

import (
	"sync"
	"time"
)

const lifetime = 30 * time.Minute

type basket struct {
	id    string
	goods [][]byte
	timer *time.Timer
	paid  bool
}

func (b *basket) spoil() { b.goods = nil }

type shop struct {
	mu      sync.Mutex
	baskets map[string]*basket
	tabs    map[string]*basket
}

func (s *shop) remove(b *basket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.baskets, b.id)
}

// Who pays takes the basket away; the timer does not know.
func (s *shop) Take(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	time.AfterFunc(lifetime, func() { // want "afterfunc-leak: nobody can stop this timer: when `b` has been taken out of `s.baskets`, the timer goes on holding it"
		if !b.paid {
			b.spoil()
			s.remove(b)
		}
	})
	return b
}

func (s *shop) Pay(b *basket) {
	b.paid = true
	s.remove(b)
}

// A method of the basket is what runs.
func (s *shop) TakeSmall(id string) {
	small := new(basket)
	s.baskets[id] = small
	time.AfterFunc(time.Hour, small.spoil) // want "when `small` has been taken out"
}

// It holds the name only.
func (s *shop) takeByName(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	time.AfterFunc(lifetime, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.baskets, id)
	})
	return b
}

// Somebody may stop it.
func (s *shop) takeWithTimer(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	b.timer = time.AfterFunc(lifetime, func() { s.remove(b) })
	return b
}

// Soon enough.
func (s *shop) takeForAMinute(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	time.AfterFunc(time.Minute, func() { s.remove(b) })
	return b
}

// Only the timer takes a tab away.
func (s *shop) OpenTab(id string) *basket {
	b := &basket{id: id}
	s.tabs[id] = b
	time.AfterFunc(lifetime, func() { s.closeTab(b) })
	return b
}

func (s *shop) closeTab(b *basket) { delete(s.tabs, b.id) }

// The timer is started by a function of its own.
func (s *shop) Reserve(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	s.spoilAfter(b, 2*lifetime)
	return b
}

func (s *shop) spoilAfter(b *basket, limit time.Duration) {
	time.AfterFunc(limit, func() { // want "when `b` has been taken out of `s.baskets`"
		b.spoil()
		s.remove(b)
	})
}

// Some of its timers fire soon.
func (s *shop) Lend(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	s.returnAfter(b, lifetime)
	return b
}

func (s *shop) LendShortly(id string) *basket {
	b := &basket{id: id}
	s.baskets[id] = b
	s.returnAfter(b, time.Second)
	return b
}

func (s *shop) returnAfter(b *basket, limit time.Duration) {
	time.AfterFunc(limit, func() { s.remove(b) })
}

// What it gets is kept nowhere else.
func (s *shop) Wrap(id string) *basket {
	b := &basket{id: id}
	s.unwrapAfter(b)
	return b
}

func (s *shop) unwrapAfter(b *basket) {
	time.AfterFunc(lifetime, func() { s.remove(b) })
}
