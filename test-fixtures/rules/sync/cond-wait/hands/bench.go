package main

import "sync"

// Several hands at one bench: the signal for who waits for the end may wake one of them.
type bench struct {
	mu      sync.Mutex
	cond    *sync.Cond
	jobs    []int
	pending int
	closed  bool
}

func newBench() *bench {
	b := &bench{}
	b.cond = sync.NewCond(&b.mu)
	return b
}

func (b *bench) put(job int) {
	b.mu.Lock()
	b.jobs = append(b.jobs, job)
	b.pending++
	b.mu.Unlock()
	b.cond.Signal()
}

func (b *bench) take() (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.jobs) == 0 {
		if b.closed {
			return 0, false
		}
		b.cond.Wait()
	}
	job := b.jobs[0]
	b.jobs = b.jobs[1:]
	return job, true
}

func (b *bench) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending--
	if b.pending == 0 {
		b.cond.Signal()
	}
}

func (b *bench) await() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.pending > 0 {
		b.cond.Wait() // want "the `Signal` on line 47 wakes only one, and that may be who waits on line 35 in `take`, where `len\\(b.jobs\\) == 0 && !b.closed` still holds"
	}
}

func (b *bench) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.cond.Broadcast()
}

func (b *bench) work() {
	for {
		if _, ok := b.take(); !ok {
			return
		}
		b.done()
	}
}

func main() {
	b := newBench()
	for range 3 {
		go b.work()
	}
	for job := range 10 {
		b.put(job)
	}
	b.await()
	b.close()
}
