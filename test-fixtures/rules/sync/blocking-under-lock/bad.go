package blockingunderlock

import "sync"

// The collector needs the lock for every sample.
type meter struct {
	mu      sync.Mutex
	total   int
	samples chan int
}

func newMeter() *meter {
	m := &meter{samples: make(chan int)}
	go m.collect()
	return m
}

func (m *meter) collect() {
	for n := range m.samples {
		m.mu.Lock()
		m.total += n
		m.mu.Unlock()
	}
}

func (m *meter) Record(a, b int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.samples <- a
	m.samples <- b // want "blocking-under-lock: this send on `m.samples` may wait for ever while `m.mu` is held: the goroutine that could end the wait needs that lock on line 20"
}

// The workers need the lock to finish.
func tally(names []string) map[string]int {
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
	wg.Wait() // want "blocking-under-lock: this wait for `wg` may wait for ever while `mu` is held"
	mu.Unlock()
	return sizes
}

type loop struct {
	mu   sync.Mutex
	busy bool
	quit chan struct{}
	done chan struct{}
}

func startLoop() *loop {
	l := &loop{quit: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *loop) run() {
	defer close(l.done)
	<-l.quit
	l.mu.Lock()
	l.busy = false
	l.mu.Unlock()
}

// Stop waits for a goroutine that cannot get the lock.
func (l *loop) Stop() {
	l.mu.Lock()
	close(l.quit)
	// The last turn has to be over.
	<-l.done // want "blocking-under-lock: this receive from `l.done` may wait for ever while `l.mu` is held: .* on line 69"
	l.mu.Unlock()
}

// One place, and who takes it locks.
func relay(values []int, keep func(int)) {
	var mu sync.Mutex
	next := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range values {
			mu.Lock()
			keep(<-next) // want "blocking-under-lock: this receive from `next`"
			mu.Unlock()
		}
	}()
	for _, v := range values {
		mu.Lock()
		next <- v // want "blocking-under-lock: this send on `next`"
		mu.Unlock()
	}
	wg.Wait()
}

// The answer needs the lock that is held by the question.
type desk struct {
	mu      sync.Mutex
	asked   int
	answers chan string
}

func ask(question func() string) string {
	d := &desk{answers: make(chan string)}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked++
	go func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.answers <- question()
	}()
	return <-d.answers // want "blocking-under-lock: this receive from `d.answers` may wait for ever while `d.mu` is held"
}

// Readers hold up a writer.
func snapshot(load func() int) int {
	var mu sync.RWMutex
	value := 0
	ready := make(chan struct{})
	mu.RLock()
	go func() {
		mu.Lock()
		value = load()
		mu.Unlock()
		close(ready)
	}()
	<-ready // want "blocking-under-lock: this receive from `ready` may wait for ever while `mu` is held"
	mu.RUnlock()
	return value
}

func either(first, second func() int) int {
	var mu sync.Mutex
	results := make(chan int)
	failed := make(chan struct{})
	mu.Lock()
	defer mu.Unlock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		n := first()
		if n < 0 {
			close(failed)
			return
		}
		results <- n
	}()
	select { // want "blocking-under-lock: this `select` may wait for ever while `mu` is held"
	case n := <-results:
		return n
	case <-failed:
		return second()
	}
}

// What the goroutine does last needs the lock that its owner holds while it waits for the end.
type uploader struct {
	mu      sync.Mutex
	closed  bool
	late    int
	parts   chan int
	stopped chan struct{}
}

func newUploader() *uploader {
	u := &uploader{parts: make(chan int), stopped: make(chan struct{})}
	go u.upload()
	return u
}

func (u *uploader) upload() {
	defer close(u.stopped)
	for range u.parts {
	}
	u.mu.Lock()
	u.late++
	u.mu.Unlock()
}

func (u *uploader) Close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return
	}
	u.closed = true
	close(u.parts)
	<-u.stopped // want "blocking-under-lock"
}

// Crew counts who is at work on what.
type Crew struct {
	mu     sync.Mutex
	counts map[string]int
	left   bool
	wg     sync.WaitGroup
}

// NewCrew has nobody at work.
func NewCrew() *Crew { return &Crew{counts: map[string]int{}} }

// Start has somebody work on a task, unless all have left.
func (c *Crew) Start(task string, work func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left {
		return
	}
	c.counts[task]++
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		work()
		c.ended(task)
	}()
}

func (c *Crew) ended(task string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts[task]--; c.counts[task] == 0 {
		delete(c.counts, task)
	}
}

// Close waits for those at work, who count themselves out.
func (c *Crew) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left = true
	c.wg.Wait() // want "blocking-under-lock: this wait for `c.wg` may wait for ever while `c.mu` is held"
}
