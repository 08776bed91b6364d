package lockorder

import "sync"

// The booth forgets the ticket, and the ticket its booth: that comes after both locks.
type booth struct {
	mu   sync.Mutex
	open map[int]*ticket
}

type ticket struct {
	mu    sync.Mutex
	n     int
	done  bool
	booth *booth
}

func (t *ticket) assign(d *booth) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.done {
		return false
	}
	t.booth = d
	return true
}

func (d *booth) Take(t *ticket) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t.assign(d) {
		d.open[t.n] = t
	}
}

func (d *booth) drop(t *ticket) {
	d.mu.Lock() // want "this locks `t.booth.mu` for `ticket.Close` .line 47., which holds `t.mu`, but `booth.Take` .* locks them the other way round"
	defer d.mu.Unlock()
	delete(d.open, t.n)
}

func (t *ticket) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
	if t.booth != nil {
		t.booth.drop(t)
		t.booth = nil
	}
}
