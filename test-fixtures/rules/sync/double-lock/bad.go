package doublelock

import (
	"sync"
	"time"
)

type account struct {
	mu      sync.Mutex
	balance int
	notify  func(int)
}

func (a *account) Balance() int {
	a.mu.Lock() // want "double-lock: `a.mu` is locked again by the goroutine that has held it since line 22: .* waits for itself"
	defer a.mu.Unlock()
	return a.balance
}

// Deposit asks for the balance with the lock held.
func (a *account) Deposit(n int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	return a.Balance()
}

// A slip of the pen for Unlock.
func slip(total *int) {
	var mu sync.Mutex
	mu.Lock()
	*total++
	mu.Lock() // want "double-lock: `mu` is locked again by the goroutine that has held it since line 31"
}

// Called back with the lock held.
type list struct {
	mu    sync.Mutex
	items []string
}

func (l *list) each(visit func(string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, item := range l.items {
		visit(item)
	}
}

func (l *list) add(item string) {
	l.mu.Lock() // want "double-lock: `l.mu` is locked again by the goroutine that has held it since line 43"
	defer l.mu.Unlock()
	l.items = append(l.items, item)
}

func double() {
	l := &list{items: []string{"a", "b"}}
	l.each(func(item string) {
		l.add(item + item)
	})
}

type routes struct {
	sync.RWMutex
	byName map[string]string
}

func (r *routes) lookup(name string) string {
	r.RLock() // want "double-lock: `r` is locked for reading by the goroutine that has held it for writing since line 75"
	defer r.RUnlock()
	return r.byName[name]
}

func (r *routes) rename(from, to string) {
	r.Lock()
	defer r.Unlock()
	r.byName[to] = r.lookup(from)
}

func migrate() {
	r := &routes{byName: map[string]string{"/old": "a"}}
	r.rename("/old", "/new")
}

// There is no way up from a reader to a writer.
type lazy struct {
	mu    sync.RWMutex
	value string
}

func (l *lazy) get(load func() string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.value == "" {
		l.mu.Lock() // want "double-lock: `l.mu` is locked for writing by the goroutine that has held it for reading since line 92"
		l.value = load()
		l.mu.Unlock()
	}
	return l.value
}

// A writer that comes between the two reads stops both.
type quotas struct {
	mu    sync.RWMutex
	limit map[string]int
}

func (q *quotas) limitOf(name string) int {
	q.mu.RLock() // want "double-lock: `q.mu` is locked for reading by a goroutine that already reads: when another one has called `Lock` in between"
	defer q.mu.RUnlock()
	return q.limit[name]
}

func (q *quotas) total(names []string) int {
	q.mu.RLock()
	defer q.mu.RUnlock()
	sum := 0
	for _, name := range names {
		sum += q.limitOf(name)
	}
	return sum
}

func (q *quotas) set(name string, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.limit[name] = n
}

func quotaReport() int {
	q := &quotas{limit: map[string]int{}}
	go q.set("disk", 3)
	return q.total([]string{"disk", "cpu"})
}

// A helper locks for its caller.
type gauge struct {
	mu sync.Mutex
	n  int
}

func (g *gauge) lock()   { g.mu.Lock() } // want "double-lock: `g.mu` is locked again"
func (g *gauge) unlock() { g.mu.Unlock() }

func (g *gauge) swap(next *gauge) {
	g.lock()
	defer g.unlock()
	g.reset()
	next.n = g.n
}

func (g *gauge) reset() {
	g.lock()
	defer g.unlock()
	g.n = 0
}

func swapGauges() {
	g := &gauge{}
	g.swap(&gauge{})
}

// The deferred call runs before the deferred unlock.
func timed(report func(time.Duration)) {
	var mu sync.Mutex
	began := time.Now()
	mu.Lock()
	defer mu.Unlock()
	defer func() {
		mu.Lock() // want "double-lock: `mu` is locked again by the goroutine that has held it since line 167"
		defer mu.Unlock()
		report(time.Since(began))
	}()
}
