// Package leaky scans a range of keys over several sorted tables that are read ahead.
package leaky

import "sync"

type pair struct {
	key   string
	table int
}

type tableIter struct {
	out  chan pair
	stop chan struct{}
}

func openTable(id int, keys []string) *tableIter {
	it := &tableIter{out: make(chan pair, 1), stop: make(chan struct{})}
	go it.read(id, keys)
	return it
}

func (it *tableIter) read(id int, keys []string) {
	defer close(it.out)
	for _, key := range keys {
		select { // blocked: producer-outlives-consumer
		case it.out <- pair{key, id}:
		case <-it.stop:
			return
		}
	}
}

func (it *tableIter) close() {
	close(it.stop)
}

type mergeIter struct {
	heads map[*tableIter]pair
	once  sync.Once
}

func openMerge(tables ...*tableIter) *mergeIter {
	m := &mergeIter{heads: make(map[*tableIter]pair)}
	for _, t := range tables {
		m.advance(t)
	}
	return m
}

func (m *mergeIter) advance(t *tableIter) {
	if p, ok := <-t.out; ok {
		m.heads[t] = p
	} else {
		delete(m.heads, t)
	}
}

func (m *mergeIter) next() (pair, bool) {
	var least *tableIter
	for t, p := range m.heads {
		if least == nil || p.key < m.heads[least].key {
			least = t
		}
	}
	if least == nil {
		return pair{}, false
	}
	p := m.heads[least]
	m.advance(least)
	return p, true
}

func (m *mergeIter) close() {
	m.once.Do(func() {
		clear(m.heads)
	})
}

type database struct {
	tables [][]string
}

func (d *database) scan(end string, limit int) []string {
	var open []*tableIter
	for id, keys := range d.tables {
		open = append(open, openTable(id, keys))
	}
	m := openMerge(open...)
	defer m.close()
	var found []string
	for len(found) < limit {
		p, ok := m.next()
		if !ok || p.key >= end {
			break
		}
		found = append(found, p.key)
	}
	return found
}

// Run scans two tables up to a limit.
func Run() {
	d := &database{tables: [][]string{{"a", "c", "e", "g", "i"}, {"b", "d"}}}
	d.scan("z", 2)
}
