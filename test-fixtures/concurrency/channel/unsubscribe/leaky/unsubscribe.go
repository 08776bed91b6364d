package leaky

import "sync"

// Hub gives every event to all listeners; slow listeners miss events.
type Hub[E any] struct {
	mu        sync.Mutex
	listeners map[string]chan E
	missed    int
}

// NewHub gives a hub without listeners.
func NewHub[E any]() *Hub[E] {
	return &Hub[E]{listeners: make(map[string]chan E)}
}

// Listen calls the function with events from now on. A name that listens already gets the new function.
func (h *Hub[E]) Listen(name string, call func(E)) {
	events := make(chan E, 4)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(name)
	h.listeners[name] = events
	go func() {
		for event := range events { // blocked: never-closed-range|close-skipped
			call(event)
		}
	}()
}

// Remove ends the calls of one listener.
func (h *Hub[E]) Remove(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(name)
}

func (h *Hub[E]) drop(name string) {
	delete(h.listeners, name)
}

// Emit gives an event to all listeners.
func (h *Hub[E]) Emit(event E) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, events := range h.listeners {
		select {
		case events <- event:
		default:
			h.missed++
		}
	}
}

// Shutdown ends the calls of all listeners.
func (h *Hub[E]) Shutdown() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, events := range h.listeners {
		delete(h.listeners, name)
		close(events)
	}
}
