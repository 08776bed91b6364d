package doublelock

import "sync"

type wallet struct {
	mu    sync.Mutex
	coins int
	spent func(int)
}

func (w *wallet) Coins() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.coins
}

// Spend lets go of the lock before it asks.
func (w *wallet) Spend(n int) int {
	w.mu.Lock()
	w.coins -= n
	w.mu.Unlock()
	return w.Coins()
}

// SpendAll expects the lock to be held where it is.
func (w *wallet) SpendAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.takeLocked(w.coins)
}

func (w *wallet) takeLocked(n int) { w.coins -= n }

// Two values of one type.
func move(from, to *wallet, n int) {
	from.mu.Lock()
	from.coins -= n
	from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	to.coins += n
}

func (w *wallet) compare(other *wallet) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.coins < other.Coins()
}

func tried() bool {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	if mu.TryLock() {
		mu.Unlock()
		return true
	}
	return false
}

// Locked on one way and asked about on the other.
func correlated(shared bool, run func()) {
	var mu sync.Mutex
	if shared {
		mu.Lock()
		defer mu.Unlock()
	}
	run()
	if !shared {
		mu.Lock()
		mu.Unlock()
	}
}

// Readers alone do not hinder one another.
type sizes struct {
	mu    sync.RWMutex
	bytes map[string]int
}

func newSizes(bytes map[string]int) *sizes {
	return &sizes{bytes: bytes}
}

func (s *sizes) of(name string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.bytes[name]
}

func (s *sizes) both(a, b string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.of(a) + s.of(b)
}

// The callback is called without the lock.
type watchers struct {
	mu    sync.Mutex
	calls []func()
}

func (w *watchers) add(call func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, call)
}

func (w *watchers) fire() {
	w.mu.Lock()
	calls := append([]func(){}, w.calls...)
	w.mu.Unlock()
	for _, call := range calls {
		call()
	}
}

func chained() {
	w := &watchers{}
	w.add(func() { w.add(func() {}) })
	w.fire()
}

// Unlocked in the middle, and locked again for the deferred call.
func (w *wallet) pay(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.coins -= n
	w.mu.Unlock()
	w.spent(n)
	w.mu.Lock()
}

// Another goroutine waits its turn.
func later(run func()) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		run()
	}()
}
