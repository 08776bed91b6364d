// Package fixed runs jobs and can wait for those that are under way.
package fixed

import (
	"errors"
	"sync"
)

// ErrClosed is returned for jobs that come after Shutdown.
var ErrClosed = errors.New("pool is closed")

// Pool runs each job in a goroutine, a few at a time.
type Pool struct {
	mu      sync.RWMutex
	closed  bool
	results map[string]error

	running sync.WaitGroup
	slots   chan struct{}
}

// New returns a pool for n jobs at a time.
func New(n int) *Pool {
	return &Pool{results: make(map[string]error), slots: make(chan struct{}, n)}
}

// Submit starts a job.
func (p *Pool) Submit(name string, job func() error) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return ErrClosed
	}
	p.running.Add(1)
	go p.run(name, job)
	return nil
}

func (p *Pool) run(name string, job func() error) {
	defer p.running.Done()
	p.slots <- struct{}{}
	err := job()
	<-p.slots
	p.finish(name, err)
}

func (p *Pool) finish(name string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.results[name] = err
}

// Shutdown refuses further jobs and returns the results of the others.
func (p *Pool) Shutdown() map[string]error {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.running.Wait()
	return p.results
}
