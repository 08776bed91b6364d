package gates

import "sync"

// Only one goroutine at a time comes to either order: whoever clears a link has the gate of its hub.
type hub struct {
	gate sync.Mutex

	mu   sync.Mutex
	link *link
	news int
}

type link struct {
	hub *hub

	mu   sync.Mutex
	busy bool
}

func (l *link) Busy() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.busy
}

func (l *link) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = false
	l.hub.note()
}

func (h *hub) note() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.news++
}

func (h *hub) Renew() bool {
	h.gate.Lock()
	defer h.gate.Unlock()
	h.mu.Lock()
	wasBusy := h.link.Busy()
	h.mu.Unlock()
	h.link.Clear()
	return wasBusy
}
