// Package fixed runs the components of a node agent, some of which are switched off by its configuration.
package fixed

import (
	"sync"
	"time"
)

type component interface {
	start()
	stop()
}

type collector struct {
	interval time.Duration

	mu      sync.Mutex
	samples int

	quit chan struct{}
}

func (c *collector) start() {
	if c.interval == 0 {
		return
	}
	c.quit = make(chan struct{})
	go c.run(c.quit)
}

func (c *collector) run(quit <-chan struct{}) {
	ticker := time.NewTicker(c.interval)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			c.mu.Lock()
			c.samples++
			c.mu.Unlock()
		case <-quit:
			return
		}
	}
}

func (c *collector) stop() {
	if c.quit != nil {
		c.quit <- struct{}{}
	}
}

type reaper struct {
	exits chan int
	done  chan struct{}
	zero  int
}

func (r *reaper) start() {
	r.exits, r.done = make(chan int), make(chan struct{})
	go func() {
		defer close(r.done)
		for status := range r.exits {
			if status == 0 {
				r.zero++
			}
		}
	}()
}

func (r *reaper) stop() {
	close(r.exits)
	<-r.done
}

type agent struct {
	components []component
}

func (a *agent) start() {
	for _, c := range a.components {
		c.start()
	}
}

func (a *agent) stop() {
	for i := len(a.components) - 1; i >= 0; i-- {
		a.components[i].stop()
	}
}

// Run starts and stops an agent that collects fast samples but no slow ones.
func Run() {
	r := new(reaper)
	a := &agent{components: []component{r, &collector{}, &collector{interval: 5 * time.Millisecond}}}
	a.start()
	r.exits <- 0
	a.stop()
}
