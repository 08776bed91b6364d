package main

import "sync"

// One hand: it never waits for work before it has told that the last job is done.
type stool struct {
	mu      sync.Mutex
	cond    *sync.Cond
	jobs    []int
	pending int
	closed  bool
}

func newStool() *stool {
	b := &stool{}
	b.cond = sync.NewCond(&b.mu)
	return b
}

func (b *stool) put(job int) {
	b.mu.Lock()
	b.jobs = append(b.jobs, job)
	b.pending++
	b.mu.Unlock()
	b.cond.Signal()
}

func (b *stool) take() (int, bool) {
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

func (b *stool) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending--
	if b.pending == 0 {
		b.cond.Signal()
	}
}

func (b *stool) await() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.pending > 0 {
		b.cond.Wait()
	}
}

func (b *stool) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.cond.Broadcast()
}

func (b *stool) work() {
	for {
		if _, ok := b.take(); !ok {
			return
		}
		b.done()
	}
}

func main() {
	b := newStool()
	go b.work()
	for job := range 10 {
		b.put(job)
	}
	b.await()
	b.close()
}
