package crew

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

// Crew has several who wait.
type Crew struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	ready *sync.Cond
	jobs  []func()
	over  bool
}

func NewCrew(size int) *Crew {
	c := &Crew{}
	c.ready = sync.NewCond(&c.mu)
	for range size {
		c.wg.Add(1)
		go c.work()
	}
	return c
}

func (c *Crew) work() {
	defer c.wg.Done()
	for {
		job := c.next()
		if job == nil {
			return
		}
		job()
	}
}

func (c *Crew) Add(job func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return errClosed
	}
	c.jobs = append(c.jobs, job)
	c.ready.Signal()
	return nil
}

// Close wakes one of them.
func (c *Crew) Close() {
	c.mu.Lock()
	c.over = true
	c.ready.Signal()
	c.mu.Unlock()
	c.wg.Wait()
}
