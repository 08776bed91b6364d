package results

import "sync"

type seat struct {
	mu    sync.Mutex
	taken bool
}

type hall struct {
	mu    sync.Mutex
	seats map[int]*seat
	held  *seat
}

func (h *hall) locked(n int) (*seat, error) {
	s, ok := h.seats[n]
	if !ok {
		return nil, errMissing
	}
	s.mu.Lock()
	return s, nil
}

func (h *hall) release(s *seat) { s.mu.Unlock() }

func (h *hall) take(n int) error {
	s, err := h.locked(n)
	if err != nil {
		return err
	}
	defer h.release(s)
	if s.taken {
		return errMissing
	}
	s.taken = true
	return nil
}

// Released on each way by a helper or by hand.
func (h *hall) free(n int) error {
	s, err := h.locked(n)
	if err != nil {
		return err
	}
	if !s.taken {
		s.mu.Unlock()
		return errMissing
	}
	s.taken = false
	h.release(s)
	return nil
}

// The caller has it then.
func (h *hall) pick(n int) (*seat, error) {
	s, err := h.locked(n)
	if err != nil {
		return nil, err
	}
	if s.taken {
		h.release(s)
		return nil, errMissing
	}
	return s, nil
}

// It is kept, and released by another method.
func (h *hall) hold(n int) error {
	s, err := h.locked(n)
	if err != nil {
		return err
	}
	if s.taken {
		h.release(s)
		return errMissing
	}
	h.held = s
	return nil
}

func (h *hall) let() { h.release(h.held) }

// Returned with the lock or without it: the caller asks.
func (h *hall) maybe(n int, lock bool) *seat {
	s := h.seats[n]
	if lock {
		s.mu.Lock()
	}
	return s
}

func (h *hall) look(n int, lock bool) bool {
	s := h.maybe(n, lock)
	if n > 0 {
		return s.taken
	}
	if lock {
		s.mu.Unlock()
	}
	return false
}

// The lock is free again when the value comes back.
func (h *hall) seat(n int) *seat {
	s := h.seats[n]
	s.mu.Lock()
	s.taken = false
	s.mu.Unlock()
	return s
}

func (h *hall) swap(n int) bool {
	s := h.seat(n)
	if n > 2 {
		return false
	}
	s.mu.Lock()
	s.taken = true
	s.mu.Unlock()
	return true
}

// A deferred literal releases what was found.
func (h *hall) swept(n int) bool {
	s, err := h.locked(n)
	if err != nil {
		return false
	}
	defer func() {
		s.taken = false
		s.mu.Unlock()
	}()
	return s.taken
}
