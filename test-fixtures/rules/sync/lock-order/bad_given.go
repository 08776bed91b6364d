package lockorder

import "sync"

// A function that is called with a lock held, and takes another lock, which elsewhere comes first.
type ledger struct {
	mu      sync.Mutex
	entries []int
	kept    int
}

type bureau struct {
	books *ledger
	mu    sync.Mutex
	open  map[int]bool
}

func (l *ledger) enter(n int) {
	l.mu.Lock() // want "`b.books.mu` for `bureau.Begin` .* but `bureau.Sweep`"
	l.entries = append(l.entries, n)
	l.mu.Unlock()
}

func (l *ledger) prune(stale func(int) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := l.entries[:0]
	for _, n := range l.entries {
		if !stale(n) {
			rest = append(rest, n)
		}
	}
	l.entries = rest
}

func (b *bureau) closed(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !b.open[n]
}

func (b *bureau) Sweep() { b.books.prune(b.closed) }

func (b *bureau) Begin(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open[n] = true
	b.books.enter(n)
}

// A literal in a variable.
type trolley struct {
	mu    sync.Mutex
	boxes []string
}

type loft struct {
	trolley trolley
	mu      sync.Mutex
	names   map[string]int
}

func (r *trolley) each(visit func(string)) {
	r.mu.Lock()
	for _, box := range r.boxes {
		visit(box)
	}
	r.mu.Unlock()
}

func (r *trolley) put(box string) {
	r.mu.Lock() // want "`d.trolley.mu` for `loft.Store` .* but `loft.Count`"
	defer r.mu.Unlock()
	r.boxes = append(r.boxes, box)
}

func (d *loft) Count() {
	count := func(box string) {
		d.mu.Lock()
		d.names[box]++
		d.mu.Unlock()
	}
	d.trolley.each(count)
}

func (d *loft) Store(box string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[box] = 0
	d.trolley.put(box)
}
