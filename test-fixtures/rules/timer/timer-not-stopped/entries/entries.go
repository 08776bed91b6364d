package entries

import (
	"errors"
	"sync"
	"time"
)

var errGone = errors.New("gone")

// lot is what somebody bids for, until its time is up.
type lot struct {
	seller string
	price  int
	fall   *time.Timer
}

type hall struct {
	mu   sync.Mutex
	lots map[string]*lot
	told func(name string)
}

func newHall(told func(string)) *hall { return &hall{lots: map[string]*lot{}, told: told} }

func (h *hall) Offer(name, seller string, limit time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lots[name] = &lot{
		seller: seller,
		fall:   time.AfterFunc(limit, func() { h.told(name) }), // want "timer-not-stopped: `Sell` takes a value out of `h.lots` and leaves its timer `fall` running, which `Withdraw` stops"
	}
}

func (h *hall) Withdraw(name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	l, ok := h.lots[name]
	if !ok {
		return errGone
	}
	l.fall.Stop()
	delete(h.lots, name)
	return nil
}

func (h *hall) Sell(name string) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l, ok := h.lots[name]
	if !ok {
		return 0, errGone
	}
	delete(h.lots, name)
	return l.price, nil
}

func (h *hall) Close() {
	for name, l := range h.lots {
		l.fall.Stop()
		delete(h.lots, name)
	}
}

// lock is held by somebody until it is given back or its time is up.
type lock struct {
	holder string
	expiry *time.Timer
}

type locks struct {
	held  map[string]*lock
	over  map[string]*lock
	stats map[string]*tally
}

func (s *locks) Take(name, holder string, limit time.Duration) {
	l := &lock{holder: holder}
	l.expiry = time.AfterFunc(limit, func() { s.expire(name) })
	s.held[name] = l
}

// It is the timer itself that does this.
func (s *locks) expire(name string) {
	l, ok := s.held[name]
	if !ok {
		return
	}
	println(l.holder)
	delete(s.held, name)
}

func (s *locks) Give(name string) {
	if l, ok := s.held[name]; ok {
		l.expiry.Stop()
		delete(s.held, name)
	}
}

// Who gets the value may stop its timer.
func (s *locks) Steal(name string) *lock {
	l, ok := s.held[name]
	if !ok {
		return nil
	}
	delete(s.held, name)
	return l
}

func (s *locks) Move(name string) {
	l, ok := s.held[name]
	if !ok {
		return
	}
	delete(s.held, name)
	s.over[name] = l
}

func (s *locks) End(name string) {
	l, ok := s.held[name]
	if !ok {
		return
	}
	end(l)
	delete(s.held, name)
}

func end(l *lock) { l.expiry.Stop() }

// Stopped by the caller.
func (s *locks) Clear(name string) int {
	l := s.held[name]
	if l == nil {
		return 0
	}
	l.expiry.Stop()
	return s.forget(name)
}

func (s *locks) forget(name string) int {
	l, ok := s.held[name]
	if !ok {
		return 0
	}
	delete(s.held, name)
	return len(l.holder)
}

// Nobody stops these: they are meant to fire.
type tally struct {
	n    int
	tell *time.Timer
}

func (s *locks) Count(name string, limit time.Duration, tell func(int)) {
	t := &tally{}
	t.tell = time.AfterFunc(limit, func() { tell(t.n) })
	s.stats[name] = t
}

func (s *locks) Total(name string) int {
	t, ok := s.stats[name]
	if !ok {
		return 0
	}
	delete(s.stats, name)
	return t.n
}
