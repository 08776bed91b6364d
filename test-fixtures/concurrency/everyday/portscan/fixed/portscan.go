// Package fixed looks for open ports with a pool of workers.
package fixed

import (
	"iter"
	"sync"
)

// Pool does jobs of one kind.
type Pool[J, R any] struct {
	jobs    chan J
	results chan R
	workers sync.WaitGroup
}

// NewPool starts the workers of a pool.
func NewPool[J, R any](workers int, work func(J) R) *Pool[J, R] {
	p := &Pool[J, R]{jobs: make(chan J), results: make(chan R)}
	for range workers {
		p.workers.Go(func() {
			for job := range p.jobs {
				p.results <- work(job)
			}
		})
	}
	return p
}

// Submit waits until a worker takes the job.
func (p *Pool[J, R]) Submit(job J) {
	p.jobs <- job
}

// Close says that there are no more jobs, and waits for those that are under way.
func (p *Pool[J, R]) Close() {
	close(p.jobs)
	p.workers.Wait()
	close(p.results)
}

// Results yields what the workers find out, until all jobs are done.
func (p *Pool[J, R]) Results() iter.Seq[R] {
	return func(yield func(R) bool) {
		for result := range p.results {
			if !yield(result) {
				return
			}
		}
	}
}

type finding struct {
	port int
	open bool
}

// Open returns the ports at which somebody answers.
func Open(from, to int, dial func(port int) error) map[int]bool {
	scan := NewPool(4, func(port int) finding {
		return finding{port, dial(port) == nil}
	})
	go func() {
		for port := from; port <= to; port++ {
			scan.Submit(port)
		}
		scan.Close()
	}()
	ports := make(map[int]bool)
	for f := range scan.Results() {
		if f.open {
			ports[f.port] = true
		}
	}
	return ports
}
