// Package called_back takes locks in literals that a function calls before it returns.
package called_back

import (
	"slices"
	"sort"
	"sync"
)

// Index is written by Add.
type Index struct {
	mu   sync.RWMutex
	keys []string
}

func (x *Index) key(i int) string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.keys[i]
}

func (x *Index) Add(key string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.keys = append(x.keys, key)
}

func (x *Index) Search(key string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return sort.Search(len(x.keys), func(i int) bool {
		return x.key(i) >= key // want "`x.mu` is locked for reading by a goroutine that already reads"
	})
}

func (x *Index) Has(key string) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.ContainsFunc(x.keys, func(k string) bool {
		return k == key && x.key(0) != "" // want "already reads"
	})
}

// The lock is free again when the literal runs.
func (x *Index) SearchCopy(key string) int {
	x.mu.RLock()
	n := len(x.keys)
	x.mu.RUnlock()
	return sort.Search(n, func(i int) bool {
		return x.key(i) >= key
	})
}

// Another goroutine takes it.
func (x *Index) Look(key string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return sort.Search(len(x.keys), func(i int) bool {
		go x.key(i)
		return x.keys[i] >= key
	})
}

// Of another index.
func (x *Index) In(other *Index) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.ContainsFunc(x.keys, func(string) bool {
		return other.key(0) != ""
	})
}

// The parameter of the literal is another one each time.
func firstOf(all *Indices, key string) bool {
	all.mu.RLock()
	defer all.mu.RUnlock()
	return slices.ContainsFunc(all.list, func(x *Index) bool {
		return x.key(0) == key
	})
}

type Indices struct {
	mu   sync.RWMutex
	list []*Index
}

func (a *Indices) Add(x *Index) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.list = append(a.list, x)
}

// Nobody writes.
type Frozen struct {
	mu   sync.RWMutex
	keys []string
}

func (f *Frozen) key(i int) string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.keys[i]
}

func (f *Frozen) Search(key string) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return sort.Search(len(f.keys), func(i int) bool {
		return f.key(i) >= key
	})
}

// The literal is kept for later.
type Later struct {
	mu   sync.RWMutex
	n    int
	next []func() int
}

func (l *Later) read() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.n
}

func (l *Later) Push() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = append(l.next, func() int { return l.read() })
}
