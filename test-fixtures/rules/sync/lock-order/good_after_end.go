package lockorder

import "sync"

// Rooms are closed when the goroutine that fills them has come to its end.
type hotel struct {
	mu     sync.Mutex
	rooms  map[int]*room
	taken  int
	guests chan int
	closed chan struct{}
}

type room struct {
	hotel *hotel
	mu    sync.Mutex
	open  bool
}

func open(guests chan int) *hotel {
	h := &hotel{rooms: map[int]*room{}, guests: guests, closed: make(chan struct{})}
	go h.receive()
	return h
}

func (h *hotel) receive() {
	defer close(h.closed)
	for guest := range h.guests {
		h.mu.Lock()
		r := h.rooms[guest]
		if r == nil {
			r = &room{hotel: h}
			h.rooms[guest] = r
		}
		h.mu.Unlock()
		r.enter()
	}
}

func (r *room) enter() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = true
	r.hotel.count()
}

func (h *hotel) count() {
	h.mu.Lock()
	h.taken++
	h.mu.Unlock()
}

func (r *room) lock() {
	r.mu.Lock()
	r.open = false
	r.mu.Unlock()
}

func (h *hotel) Close() {
	close(h.guests)
	<-h.closed
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.lock()
	}
}
