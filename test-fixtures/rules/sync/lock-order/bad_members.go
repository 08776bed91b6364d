package lockorder

import "sync"

type seat struct {
	mu    sync.Mutex
	owner string
	taken bool
}

type hall struct {
	mu    sync.Mutex
	seats map[string]*seat
}

func (h *hall) Vacate() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.seats {
		s.mu.Lock()
		s.taken = false
		s.mu.Unlock()
		n++
	}
	return n
}

// Whoever gives the seat back means one of this hall.
func (h *hall) GiveBack(s *seat, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = false
	h.mu.Lock() // want "`h.mu` is locked while `s.mu` is held, but `hall.Vacate`"
	delete(h.seats, name)
	h.mu.Unlock()
}
