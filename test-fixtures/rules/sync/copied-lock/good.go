package copiedlock

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

type table struct {
	mu   sync.Mutex
	rows map[string]*stats
}

func newTable() table { return table{rows: map[string]*stats{}} }

func (t *table) get(name string) *stats {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows[name]
}

func pointers(tables []*table, byName map[string]*table) *table {
	for _, t := range tables {
		t.mu.Lock()
		t.mu.Unlock()
	}
	all := tables
	mu := &tables[0].mu
	mu.Lock()
	cond := sync.NewCond(&tables[0].mu)
	cond.Signal()
	return byName[all[0].rows["a"].name()]
}

func (s *stats) name() string { return "stats" }

func newValues(counts []table) int {
	t := newTable()
	u := table{rows: nil}
	t.rows = u.rows
	t = newTable()
	_ = t         // vet-only: nothing is kept
	_ = counts[0] // vet-only: nothing is kept
	for i := range counts {
		counts[i].mu.Lock()
		counts[i].mu.Unlock()
	}
	return len(counts) + int(unsafe.Sizeof(t))
}

type lockers struct {
	sync.Locker
	pending *sync.WaitGroup
	ready   chan sync.Mutex
}

func (l lockers) wait() lockers {
	l.pending.Wait()
	copied := l
	return copied
}

func locks(all []lockers) {
	for _, l := range all {
		l.Lock()
		l.Unlock()
	}
}

type counter struct {
	n  *atomic.Int64
	fn func(table)
	m  map[string]table
}

func (c counter) add() counter {
	c.n.Add(1)
	d := c
	return d
}

type ticket struct{ no int }

func (t ticket) Lock()   {}
func (t ticket) Unlock() {}

func tickets(t ticket) ticket {
	u := t
	return u
}

func atomics(n *atomic.Int64) int64 {
	var local atomic.Int64
	local.Store(n.Load())
	v := local.Load()
	p := &local
	q := p
	return v + q.Load()
}
