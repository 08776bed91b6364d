package release

import "sync"

type visit struct {
	mu     sync.Mutex
	pinned bool
	ended  bool
}

func (v *visit) touch() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ended = false
}

type visits struct {
	mu  sync.Mutex
	all []*visit
}

func (s *visits) list() []*visit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*visit(nil), s.all...)
}

// A lock for each turn of a loop.
func (s *visits) sweep() (ended int) {
	for _, v := range s.list() {
		v.mu.Lock() // want "missing-unlock: `v.mu` is still locked when the next turn of the loop goes on with another one on line 30"
		if v.pinned {
			continue
		}
		v.ended = true
		ended++
		v.mu.Unlock()
	}
	return ended
}

func sweepOnce() {
	v := &visit{pinned: true}
	s := &visits{all: []*visit{v}}
	_ = s.sweep()
	v.touch()
}
