// Package handed has functions that lock for what they return, and forget that where they return nothing.
package handed

import (
	"errors"
	"sync"
)

var errTaken = errors.New("taken")

// The cabin comes back locked.
type cabin struct {
	mu   sync.Mutex
	rev  int
	beds int
}

type lodge struct {
	mu     sync.RWMutex
	cabins map[string]*cabin
}

func (l *lodge) find(name string) *cabin {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.cabins[name]
}

func (l *lodge) claim(name string, rev int) (*cabin, error) {
	c := l.find(name)
	if c == nil {
		return nil, errors.New("no cabin")
	}
	c.mu.Lock() // want "`c.mu` is still locked at the return on line 36"
	if c.rev != rev {
		return nil, errTaken
	}
	return c, nil
}

func (c *cabin) settle(beds int) {
	c.beds += beds
	c.rev++
	c.mu.Unlock()
}

func (l *lodge) Book(name string, rev, beds int) error {
	c, err := l.claim(name, rev)
	if err != nil {
		return err
	}
	c.settle(beds)
	return nil
}

// A value that unlocks when it ends, by a method of the store.
type Ledger struct {
	mu     sync.Mutex
	sealed bool
	rows   []string
}

type Entry struct {
	of   *Ledger
	rows []string
}

func (l *Ledger) Begin() (*Entry, error) {
	l.mu.Lock() // want "`l.mu` is still locked at the return on line 71"
	if l.sealed {
		return nil, errTaken
	}
	return &Entry{of: l}, nil
}

func (e *Entry) Add(row string) { e.rows = append(e.rows, row) }

func (e *Entry) Commit() {
	e.of.rows = append(e.of.rows, e.rows...)
	e.of.unlock()
}

func (e *Entry) Discard() { e.of.unlock() }

func (l *Ledger) unlock() { l.mu.Unlock() }

// A function that unlocks.
type vault struct {
	mu    sync.RWMutex
	bars  int
	shown int
}

func (v *vault) show(min int) (func(), bool) {
	v.mu.RLock() // want "`v.mu` is still locked for reading at the return on line 97"
	if v.bars < min {
		return nil, false
	}
	return v.mu.RUnlock, true
}

func (v *vault) open(min int) (release func(), err error) {
	done, ok := v.show(min)
	if !ok {
		return nil, errTaken
	}
	return done, nil
}

func (v *vault) lend(n int) (func(int), error) {
	v.mu.Lock() // want "`v.mu` is still locked at the return on line 113"
	if n > v.bars {
		return nil, errTaken
	}
	v.bars -= n
	return func(back int) {
		v.bars += back
		v.mu.Unlock()
	}, nil
}

// The lock is embedded.
type kiln struct {
	sync.Mutex
	hot bool
}

type yard struct{ kilns []*kiln }

func (y *yard) fire(n int) *kiln {
	k := y.kilns[n]
	k.Lock() // want "`k` is still locked at the return on line 134"
	if k.hot {
		return nil
	}
	k.hot = true
	return k
}

func (k *kiln) end() {
	k.hot = false
	k.Unlock()
}

// Behind an interface, by a constructor, and with names for the results.
type Haul interface {
	Add(item string)
	Land()
}

type Dock struct {
	mu    sync.Mutex
	shut  bool
	items []string
}

type haul struct {
	dock  *Dock
	items []string
}

func newHaul(d *Dock) *haul { return &haul{d, nil} }

func (h *haul) Add(item string) { h.items = append(h.items, item) }

func (h *haul) Land() {
	h.dock.items = append(h.dock.items, h.items...)
	h.dock.mu.Unlock()
}

func (d *Dock) Open() (h Haul, err error) {
	d.mu.Lock() // want "`d.mu` is still locked at the return on line 174"
	if d.shut {
		return nil, errTaken
	}
	return newHaul(d), nil
}
