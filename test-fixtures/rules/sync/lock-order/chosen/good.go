package chosen

import (
	"sort"
	"sync"
)

// Jar has a number: the smaller one comes first.
type Jar struct {
	mu  sync.Mutex
	id  int
	fig int
}

// Share puts them in order.
func Share(a, b *Jar, n int) {
	first, second := a, b
	if a.id > b.id {
		first, second = b, a
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	a.fig -= n
	b.fig += n
}

// Divide has a branch for each order.
func Divide(a, b *Jar, n int) {
	if a.id < b.id {
		a.mu.Lock()
		b.mu.Lock()
	} else {
		b.mu.Lock()
		a.mu.Lock()
	}
	a.fig -= n
	b.fig += n
	a.mu.Unlock()
	b.mu.Unlock()
}

// Refuse takes them in one order only.
func Refuse(a, b *Jar, n int) bool {
	if !inOrder(a, b) {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.fig -= n
	b.fig += n
	return true
}

func inOrder(a, b *Jar) bool { return a.id < b.id }

// Graft gives a branch to a trunk: a tree has one order.
func Graft(trunk, branch *Limb) {
	trunk.mu.Lock()
	defer trunk.mu.Unlock()
	branch.mu.Lock()
	defer branch.mu.Unlock()
	trunk.twigs = append(trunk.twigs, branch)
	branch.from = trunk
}

// Limb is a part of a tree.
type Limb struct {
	mu    sync.Mutex
	from  *Limb
	twigs []*Limb
}

// Crate is read by whoever wants.
type Crate struct {
	mu   sync.RWMutex
	hits int
}

// Compare only reads, and readers let each other in.
func Compare(a, b *Crate) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	b.mu.RLock()
	defer b.mu.RUnlock()
	return a.hits == b.hits
}

// Row of boxes, with one lock around all moves.
type Row struct {
	mu    sync.Mutex
	boxes []*box
	gate  chan struct{}
}

type box struct {
	mu    sync.Mutex
	coins int
}

// Shift moves under the lock of the row.
func (r *Row) Shift(from, to int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, b := r.boxes[from], r.boxes[to]
	both(a, b)
	a.coins--
	b.coins++
	a.mu.Unlock()
	b.mu.Unlock()
}

func both(a, b *box) {
	a.mu.Lock()
	b.mu.Lock()
}

// Push lets one in at a time.
func (r *Row) Push(from, to int) {
	r.gate <- struct{}{}
	defer func() { <-r.gate }()
	a, b := r.boxes[from], r.boxes[to]
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.coins--
	b.coins++
}

// Even moves from a box to the one behind it: the row gives the order.
func (r *Row) Even(i int) {
	a, b := r.boxes[i], r.boxes[i+1]
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.coins--
	b.coins++
}

// Sorted puts the keys in order first.
func (r *Row) Sorted(from, to int) {
	keys := []int{from, to}
	sort.Ints(keys)
	a, b := r.boxes[keys[0]], r.boxes[keys[1]]
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.coins--
	b.coins++
}

// Between is for callers of the package, who name the smaller one first.
func between(a, b *box) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.coins--
	b.coins++
}

// Ends uses it.
func (r *Row) Ends() { between(r.boxes[0], r.boxes[len(r.boxes)-1]) }

// Attempt gives up where it does not get the second one.
func (r *Row) Attempt(from, to int) bool {
	a, b := r.boxes[from], r.boxes[to]
	a.mu.Lock()
	defer a.mu.Unlock()
	if !b.mu.TryLock() {
		return false
	}
	defer b.mu.Unlock()
	a.coins--
	b.coins++
	return true
}

// After has let go of the first one.
func (r *Row) After(from, to int) {
	a, b := r.boxes[from], r.boxes[to]
	a.mu.Lock()
	a.coins--
	a.mu.Unlock()
	b.mu.Lock()
	b.coins++
	b.mu.Unlock()
}

// Tank holds water.
type Tank struct {
	mu     sync.Mutex
	litres int
}

// Pour is for those who have the tanks: they may know which comes first.
func Pour(from, to *Tank, n int) error {
	if from == to {
		return nil
	}
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	if from.litres < n {
		return errShort
	}
	from.litres -= n
	to.litres += n
	return nil
}
