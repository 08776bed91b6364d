package returns

import "sync"

// Some of the beds belong to others.
type ward struct {
	mu   sync.RWMutex
	beds map[int]*bed
	temp int
}

type bed struct {
	of *ward
	n  int
}

func (w *ward) Add(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.beds[n] = &bed{of: w, n: n}
}

func (w *ward) Borrow(from *ward, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.beds[n] = &bed{of: from, n: n}
}

func (b *bed) warmth() int {
	b.of.mu.RLock()
	defer b.of.mu.RUnlock()
	return b.of.temp
}

func (w *ward) Warmest() (max int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, b := range w.beds {
		if t := b.warmth(); t > max {
			max = t
		}
	}
	return max
}

// The keys know another one than the values.
type map1 struct {
	mu    sync.RWMutex
	pairs map[*pin]*flag
	scale int
}

type pin struct{ of *map1 }

type flag struct{ of *map1 }

func (m *map1) Put(p *pin) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pairs[p] = &flag{of: m}
}

func pinOn(m *map1) *pin { return &pin{of: m} }

func (p *pin) size() int {
	p.of.mu.RLock()
	defer p.of.mu.RUnlock()
	return p.of.scale
}

func (m *map1) Pins() (sum int) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for p := range m.pairs {
		sum += p.size()
	}
	return sum
}

// The lock is free when they are asked.
type bakery struct {
	mu    sync.RWMutex
	ovens []*oven
	heat  int
}

type oven struct{ of *bakery }

func (b *bakery) Build() {
	o := &oven{of: b}
	b.mu.Lock()
	b.ovens = append(b.ovens, o)
	b.mu.Unlock()
}

func (o *oven) heat() int {
	o.of.mu.RLock()
	defer o.of.mu.RUnlock()
	return o.of.heat
}

func (b *bakery) Heat() (sum int) {
	b.mu.RLock()
	all := make([]*oven, len(b.ovens))
	copy(all, b.ovens)
	b.mu.RUnlock()
	for _, o := range all {
		sum += o.heat()
	}
	return sum
}
