package missingunlock

import (
	"errors"
	"fmt"
	"sync"
)

var errClosed = errors.New("closed")

type store struct {
	mu     sync.Mutex
	items  map[string]int
	closed bool
	notify func(string)
}

func (s *store) put(key string, value int) error {
	s.mu.Lock() // want "missing-unlock: `s.mu` is still locked at the return on line 21, where `Unlock` is missing"
	if s.closed {
		return errClosed
	}
	s.items[key] = value
	s.mu.Unlock()
	return nil
}

func (s *store) add(key string, delta int) (int, error) {
	s.mu.Lock() // want "still locked at the return on line 33"
	// Keys are made elsewhere.
	old, ok := s.items[key]
	if !ok {
		return 0, fmt.Errorf("no item %q", key)
	}
	sum := old + delta
	s.items[key] = sum
	s.mu.Unlock()
	s.notify(key)
	return sum, nil
}

func (s *store) drain(keys []string) {
	for _, key := range keys {
		s.mu.Lock() // want "is locked again here by the next turn of the loop"
		if s.items[key] == 0 {
			continue
		}
		delete(s.items, key)
		s.mu.Unlock()
	}
}

func (s *store) first(keys []string) int {
	for _, key := range keys {
		s.mu.Lock() // want "still locked at the return on line 58"
		value, ok := s.items[key]
		if ok {
			return value
		}
		s.mu.Unlock()
	}
	return 0
}

type table struct {
	sync.RWMutex
	rows map[int]string
}

func (t *table) find(id int) (string, error) {
	t.RLock() // want "`t` is still locked for reading at the return on line 74, where `RUnlock` is missing"
	row, ok := t.rows[id]
	if !ok {
		return "", errors.New("not found")
	}
	t.RUnlock()
	return row, nil
}

func (t *table) visit(accept func(string) bool) {
	t.RWMutex.RLock() // want "still locked for reading when the function ends on line 91"
	for _, row := range t.rows {
		if !accept(row) {
			break
		}
		if row == "" {
			t.RWMutex.RUnlock()
			return
		}
	}
}

var (
	registryMu sync.Mutex
	registry   = map[string]func(){}
)

func register(name string, run func()) error {
	registryMu.Lock() // want "`registryMu` is still locked at the return on line 101"
	if _, ok := registry[name]; ok {
		return errors.New("registered twice: " + name)
	}
	registry[name] = run
	registryMu.Unlock()
	return nil
}

func (s *store) lateDefer(key string) error {
	s.mu.Lock() // want "still locked at the return on line 111"
	if s.closed {
		return errClosed
	}
	defer s.mu.Unlock()
	delete(s.items, key)
	return nil
}

func countAll(stores []*store) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for _, s := range stores {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n := len(s.items)
			mu.Lock() // want "`mu` is still locked at the return on line 129"
			if n == 0 {
				return
			}
			total += n
			mu.Unlock()
		}()
	}
	wg.Wait()
	return total
}

func (s *store) takeTwo(a, b string) (int, error) {
	s.mu.Lock()
	x, ok := s.items[a]
	if !ok {
		s.mu.Unlock()
		return 0, errClosed
	}
	s.mu.Unlock()
	s.notify(a)
	s.mu.Lock() // want "still locked at the return on line 151"
	y, ok := s.items[b]
	if !ok {
		return 0, errClosed
	}
	s.mu.Unlock()
	return x + y, nil
}

func (s *store) byKind(kind int, key string) int {
	s.mu.Lock() // want "still locked at the return on line 165"
	switch kind {
	case 0:
		delete(s.items, key)
	case 1:
		s.items[key]++
	default:
		return -1
	}
	s.mu.Unlock()
	return kind
}

// A second read lock does not block, but no writer ever gets in.
func (t *table) each(ids []int, visit func(string)) {
	for _, id := range ids {
		t.RLock() // want "`t` is locked for reading again here"
		row, ok := t.rows[id]
		if !ok {
			continue
		}
		t.RUnlock()
		visit(row)
	}
}

type Race struct {
	baton sync.Mutex
}

// Pass lets go of nothing but what it has taken itself.
func (r *Race) Start(run func()) {
	r.baton.Lock()
	go func() {
		r.baton.Lock() // want "missing-unlock"
		run()
		r.baton.Unlock()
	}()
}

func (r *Race) Pass(run func()) {
	r.baton.Lock()
	defer r.baton.Unlock()
	run()
}

// Every way out is repaired at once.
func (s *store) rename(from, to string) error {
	s.mu.Lock() // want "still locked at the return on line 208"
	if s.closed {
		return errClosed
	}
	if from == to {
		return nil
	}
	value, ok := s.items[from]
	if !ok {
		s.mu.Unlock()
		return errors.New("no item")
	}
	if _, ok := s.items[to]; ok {
		// Nothing is overwritten.
		return fmt.Errorf("%q is there already", to)
	}
	s.items[to] = value
	s.mu.Unlock()
	s.notify(to)
	return nil
}

// All unlocks are the last thing done.
func (s *store) level(key string) (int, error) {
	s.mu.Lock() // want "still locked at the return on line 238"
	value, ok := s.items[key]
	if !ok {
		s.mu.Unlock()
		return 0, fmt.Errorf("no item %q", key)
	}
	switch {
	case value < 0:
		return -1, nil
	case value == 0:
		s.mu.Unlock()
		return 0, nil
	}
	s.mu.Unlock()
	return 1, nil
}

// The turn after the unlock may take long.
func (s *store) flush(keys []string) error {
	for _, key := range keys {
		s.mu.Lock() // want "still locked at the return on line 252"
		if s.closed {
			return errClosed
		}
		value := s.items[key]
		if value == 0 {
			continue // nothing to do
		}
		s.items[key] = 0
		s.mu.Unlock()
		s.notify(key)
	}
	return nil
}

// What is deferred behind the lock takes it, too.
func (s *store) swap(key string) error {
	s.mu.Lock() // want "still locked at the return on line 270"
	defer s.put(key, 0)
	if s.closed {
		return errClosed
	}
	s.items[key] = 1
	s.mu.Unlock()
	return nil
}

// A formatted store may want its lock.
func (s *store) check(key string) error {
	s.mu.Lock() // want "still locked at the return on line 281"
	if s.closed {
		return errClosed
	}
	if s.items[key] > 0 {
		s.mu.Unlock()
		return fmt.Errorf("%v is in use", s)
	}
	s.mu.Unlock()
	return nil
}

// The lock may be let go of a way further up: nothing can be put in front of the return.
func (s *store) pick(keys []string) (string, error) {
	for _, key := range keys {
		s.mu.Lock() // want "still locked at the return on line 300"
		if s.items[key] > 0 {
			break
		}
		s.mu.Unlock()
	}
	return keys[0], nil
}
