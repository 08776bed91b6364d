package condwait

import "sync"

// Who leaves looks whether all others are there; who comes later makes it no more complete.
type table struct {
	mu    sync.Mutex
	dealt *sync.Cond
	seats int
	ready int
	round int
	kept  int
}

func NewTable(seats int) *table {
	t := &table{seats: seats}
	t.dealt = sync.NewCond(&t.mu)
	return t
}

func (t *table) deal() {
	t.ready = 0
	t.round++
	t.dealt.Broadcast()
}

func (t *table) Ready() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ready++
	if t.ready == t.seats {
		t.deal()
		return
	}
	for round := t.round; round == t.round; {
		t.dealt.Wait()
	}
}

func (t *table) Leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seats--
	if t.ready > 0 && t.ready == t.seats {
		t.deal()
	}
}

func (t *table) Sit() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seats++
}

func (t *table) Keep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept--
}
