package lockorder

import "sync"

// Here nobody waits for that.
type inn struct {
	mu     sync.Mutex
	rooms  map[int]*cell
	taken  int
	guests chan int
	closed chan struct{}
}

type cell struct {
	inn  *inn
	mu   sync.Mutex
	open bool
}

func admit(guests chan int) *inn {
	h := &inn{rooms: map[int]*cell{}, guests: guests, closed: make(chan struct{})}
	go h.receive()
	return h
}

func (h *inn) receive() {
	defer close(h.closed)
	for guest := range h.guests {
		h.mu.Lock()
		r := h.rooms[guest]
		if r == nil {
			r = &cell{inn: h}
			h.rooms[guest] = r
		}
		h.mu.Unlock()
		r.enter()
	}
}

func (r *cell) enter() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = true
	r.inn.count()
}

func (h *inn) count() {
	h.mu.Lock()
	h.taken++
	h.mu.Unlock()
}

func (r *cell) lock() {
	r.mu.Lock() // want "this locks `r.mu` for `inn.Close`"
	r.open = false
	r.mu.Unlock()
}

func (h *inn) Close() {
	close(h.guests)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.lock()
	}
}
