// Package library has queues that wake those who wait when they are closed: one of them, or all.
package library

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type Queue struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	ready *sync.Cond
	jobs  []func()
	over  bool
}

func NewQueue(workers int) *Queue {
	q := &Queue{}
	q.ready = sync.NewCond(&q.mu)
	for range workers {
		q.wg.Add(1)
		go q.work()
	}
	return q
}

func (q *Queue) Add(job func()) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.over {
		return errClosed
	}
	q.jobs = append(q.jobs, job)
	q.ready.Signal()
	return nil
}

func (q *Queue) work() {
	defer q.wg.Done()
	for {
		job := q.next()
		if job == nil {
			return
		}
		job()
	}
}

func (q *Queue) next() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.jobs) == 0 {
		if q.over {
			return nil
		}
		q.ready.Wait() // want "`q.ready.Wait` may go on waiting after its condition has ended: several may wait here"
	}
	job := q.jobs[0]
	q.jobs = q.jobs[1:]
	return job
}

// Close wakes one of the workers.
func (q *Queue) Close() {
	q.mu.Lock()
	q.over = true
	q.ready.Signal()
	q.mu.Unlock()
	q.wg.Wait()
}

// Gate lets those in who come after it was opened; it may still be opened when it is closed.
type Gate struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func NewGate() *Gate {
	g := &Gate{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *Gate) Open() {
	g.mu.Lock()
	g.open = true
	g.mu.Unlock()
	g.cond.Broadcast()
}

func (g *Gate) Pass() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.open {
		g.cond.Wait()
	}
}

// All of the workers are woken.
type Pool struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	cond *sync.Cond
	n    int
	over bool
}

func NewPool(workers int) *Pool {
	p := &Pool{}
	p.cond = sync.NewCond(&p.mu)
	for range workers {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

func (p *Pool) Add() {
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
	p.cond.Signal()
}

func (p *Pool) work() {
	defer p.wg.Done()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.over {
		p.cond.Wait()
	}
}

func (p *Pool) Close() {
	p.mu.Lock()
	p.over = true
	p.mu.Unlock()
	p.cond.Broadcast()
	p.wg.Wait()
}
