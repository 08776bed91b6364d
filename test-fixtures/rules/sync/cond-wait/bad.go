package condwait

import (
	"log"
	"sync"
)

type queue struct {
	mu    sync.Mutex
	added *sync.Cond
	items []string
}

func newQueue() *queue {
	q := &queue{}
	q.added = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(item string) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.added.Signal()
}

func (q *queue) take() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		q.added.Wait() // want "cond-wait: `q.added.Wait` is not in a loop: .* `len\\(q.items\\) == 0` may still hold"
	}
	item := q.items[0]
	q.items = q.items[1:]
	return item
}

// Not the only statement under the condition: no fix.
func (q *queue) last() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		log.Print("empty")
		q.added.Wait() // want "cond-wait: .* is not in a loop"
	}
	return q.items[len(q.items)-1]
}

func (q *queue) awaitItem() {
	if len(q.items) == 0 {
		q.added.Wait() // want "cond-wait: .* is not in a loop"
	}
}

func (q *queue) peek() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.awaitItem()
	return q.items[0]
}

func startGate(run func()) (open func()) {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		if !ready {
			cond.Wait() // want "cond-wait: `cond.Wait` is not in a loop: .* `!ready`"
		}
		mu.Unlock()
		run()
	}()
	return func() {
		mu.Lock()
		ready = true
		mu.Unlock()
		cond.Broadcast()
	}
}

// The setter forgot to signal.
type latch struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func newLatch() *latch {
	l := &latch{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *latch) set() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = true
}

func (l *latch) wait() {
	l.cond.L.Lock()
	defer l.cond.L.Unlock()
	for !l.open {
		l.cond.Wait() // want "cond-wait: `l.cond.Wait` never returns: nothing in the package calls"
	}
}

var (
	drainMu sync.Mutex
	drained = sync.NewCond(&drainMu)
	pending int
)

func waitDrained() {
	drainMu.Lock()
	defer drainMu.Unlock()
	for pending > 0 {
		drained.Wait() // want "cond-wait: `drained.Wait` never returns"
	}
}

func waitLocal(done func() bool) {
	var mu sync.Mutex
	cond := sync.Cond{L: &mu}
	mu.Lock()
	for !done() {
		cond.Wait() // want "cond-wait: `cond.Wait` never returns"
	}
	mu.Unlock()
}

// The goroutine may be done before the wait begins.
func (q *queue) fill(fetch func() []string) []string {
	go func() {
		items := fetch()
		q.mu.Lock()
		q.items = items
		q.mu.Unlock()
		q.added.Broadcast()
	}()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.added.Wait() // want "cond-wait: `q.added.Wait` looks at no condition: the goroutine started on line 135 may signal before"
	return q.items
}

func (q *queue) publish() { q.added.Broadcast() }

func (q *queue) publishAndWait() {
	go q.publish()
	q.added.L.Lock()
	q.added.Wait() // want "cond-wait: .* looks at no condition"
	q.added.L.Unlock()
}
