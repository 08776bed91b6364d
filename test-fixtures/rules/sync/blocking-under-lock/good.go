package blockingunderlock

import (
	"sync"
	"time"
)

type gauge struct {
	mu      sync.Mutex
	total   int
	samples chan int
}

func newGauge() *gauge {
	g := &gauge{samples: make(chan int)}
	go g.collect()
	return g
}

func (g *gauge) collect() {
	for n := range g.samples {
		g.mu.Lock()
		g.total += n
		g.mu.Unlock()
	}
}

// Record sends without the lock.
func (g *gauge) Record(a, b int) {
	g.mu.Lock()
	g.total++
	g.mu.Unlock()
	g.samples <- a
	g.samples <- b
}

func (g *gauge) Close() {
	close(g.samples)
}

func tallied(names []string) map[string]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	sizes := map[string]int{}
	mu.Lock()
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			sizes[name] = len(name)
		}()
	}
	mu.Unlock()
	wg.Wait()
	return sizes
}

// There is room for the answer, and the answer needs no lock.
func roomy(question func() string) string {
	var mu sync.Mutex
	answers := make(chan string, 1)
	mu.Lock()
	defer mu.Unlock()
	go func() {
		answers <- question()
	}()
	return <-answers
}

// A timer ends the wait.
func impatient(question func() string) string {
	var mu sync.Mutex
	answers := make(chan string, 1)
	mu.Lock()
	defer mu.Unlock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		answers <- question()
	}()
	select {
	case a := <-answers:
		return a
	case <-time.After(time.Second):
		return ""
	}
}

// Somebody else receives, who needs no lock.
func helped(values []int, keep func(int)) {
	var mu sync.Mutex
	next := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for n := range next {
			keep(n)
		}
	}()
	for _, v := range values {
		mu.Lock()
		next <- v
		mu.Unlock()
	}
	close(next)
	wg.Wait()
}

// TryLock does not wait.
func polite(question func() string) string {
	var mu sync.Mutex
	answers := make(chan string)
	mu.Lock()
	defer mu.Unlock()
	go func() {
		if mu.TryLock() {
			defer mu.Unlock()
		}
		answers <- question()
	}()
	return <-answers
}

// Readers do not hinder one another.
func readers(load func() int) int {
	var mu sync.RWMutex
	ready := make(chan int)
	mu.RLock()
	defer mu.RUnlock()
	go func() {
		mu.RLock()
		defer mu.RUnlock()
		ready <- load()
	}()
	return <-ready
}

// The channel comes from outside: who receives is not known.
func handedIn(values []int, next chan<- int) {
	var mu sync.Mutex
	for _, v := range values {
		mu.Lock()
		next <- v
		mu.Unlock()
	}
}

// Shift counts who is at work on what.
type Shift struct {
	mu     sync.Mutex
	counts map[string]int
	left   bool
	wg     sync.WaitGroup
}

// NewShift has nobody at work.
func NewShift() *Shift { return &Shift{counts: map[string]int{}} }

// Start has somebody work on a task, unless all have left.
func (s *Shift) Start(task string, work func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left {
		return
	}
	s.counts[task]++
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		work()
		s.ended(task)
	}()
}

func (s *Shift) ended(task string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts[task]--; s.counts[task] == 0 {
		delete(s.counts, task)
	}
}

// Close lets go of the lock before it waits.
func (s *Shift) Close() {
	s.mu.Lock()
	s.left = true
	s.mu.Unlock()
	s.wg.Wait()
}

// Press counts sheets; those who print do not need its lock.
type Press struct {
	mu     sync.Mutex
	sheets map[string]int
	wg     sync.WaitGroup
}

// NewPress has printed nothing.
func NewPress() *Press { return &Press{sheets: map[string]int{}} }

// Print prints in the background.
func (p *Press) Print(title string, print func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sheets[title]++
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		print()
	}()
}

// Close waits under the lock.
func (p *Press) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wg.Wait()
}
