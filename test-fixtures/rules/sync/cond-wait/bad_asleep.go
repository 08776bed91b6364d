package condwait

import "sync"

// Places in a hall: whoever is thrown out frees one, too.
type hall struct {
	mu    sync.Mutex
	room  *sync.Cond
	seats int
	taken int
	late  map[string]int
}

func newHall(seats int) *hall {
	h := &hall{seats: seats, late: map[string]int{}}
	h.room = sync.NewCond(&h.mu)
	return h
}

func (h *hall) Enter(count int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.taken+count > h.seats {
		h.room.Wait() // want "`h\\.room\\.Wait` may go on waiting after its condition has ended: `ThrowOut` changes what the loop asks about and wakes nobody, as `Leave` does"
	}
	h.taken += count
}

func (h *hall) free(name string) bool {
	count, ok := h.late[name]
	if ok {
		delete(h.late, name)
		h.taken -= count
	}
	return ok
}

func (h *hall) Leave(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.free(name) {
		h.room.Broadcast()
	}
}

func (h *hall) ThrowOut(names []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range names {
		h.free(name)
	}
}

// A mailbox: nobody who waits for a letter learns that it is closed.
type mailbox struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters []string
	closed  bool
}

func newMailbox() *mailbox {
	m := &mailbox{}
	m.arrived = sync.NewCond(&m.mu)
	return m
}

func (m *mailbox) Post(letter string) {
	m.mu.Lock()
	m.letters = append(m.letters, letter)
	m.mu.Unlock()
	m.arrived.Signal()
}

func (m *mailbox) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
}

func (m *mailbox) Fetch() (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.letters) == 0 && !m.closed {
		m.arrived.Wait() // want "`Close` changes what the loop asks about and wakes nobody, as `Post` does"
	}
	if len(m.letters) == 0 {
		return "", false
	}
	letter := m.letters[0]
	m.letters = m.letters[1:]
	return letter, true
}
