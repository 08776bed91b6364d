package hooks

import (
	"sort"
	"sync"
)

// registry calls what it has been given while it is locked.
type registry struct {
	mu      sync.RWMutex
	entries map[string]string
	after   []func(string)
}

func (r *registry) Lookup(name string) string {
	r.mu.RLock() // want "`r.mu` is locked again here when `f` is called at bad.go:43 by a goroutine that holds it"
	defer r.mu.RUnlock()
	return r.entries[name]
}

func (r *registry) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var names []string
	for name := range r.entries {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (r *registry) After(f func(string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.after = append(r.after, f)
}

func (r *registry) Enter(name, address string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.entries[name] = address
	for _, f := range r.after {
		f(name)
	}
}

type mirror struct {
	from *registry

	mu   sync.Mutex
	last string
}

func newMirror(from *registry) *mirror {
	m := &mirror{from: from}
	from.After(m.update)
	return m
}

func (m *mirror) update(name string) {
	address := m.from.Lookup(name)
	m.mu.Lock()
	m.last = address
	m.mu.Unlock()
}

// One hook, in a literal.
type valve struct {
	mu       sync.Mutex
	isOpen   bool
	onChange func()
}

func (v *valve) OnChange(f func()) { v.onChange = f }

func (v *valve) IsOpen() bool {
	v.mu.Lock() // want "`v.mu` is locked again here when `v.onChange` is called at bad.go:87"
	defer v.mu.Unlock()
	return v.isOpen
}

func (v *valve) Open() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.isOpen = true
	if v.onChange != nil {
		v.onChange()
	}
}

func count(v *valve) *int {
	n := new(int)
	v.OnChange(func() {
		if v.IsOpen() {
			*n++
		}
	})
	return n
}
