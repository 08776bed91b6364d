package deferredinendlessgoroutine

import "sync"

// Crew closes its quit channel, which one of its two loops does not watch.
type Crew struct {
	wg    sync.WaitGroup
	tasks chan func()
	notes chan string
	quit  chan struct{}
}

func NewCrew() *Crew {
	c := &Crew{tasks: make(chan func()), notes: make(chan string), quit: make(chan struct{})}
	c.wg.Add(2)
	go c.work()
	go c.note()
	return c
}

func (c *Crew) work() {
	defer c.wg.Done()
	for {
		select {
		case task := <-c.tasks:
			task()
		case <-c.quit:
			return
		}
	}
}

func (c *Crew) note() {
	defer c.wg.Done() // want hint "whoever waits for `c.wg` waits forever"
	for {
		n := <-c.notes
		println(n)
	}
}

func (c *Crew) Do(task func()) {
	select {
	case c.tasks <- task:
	case <-c.quit:
	}
}

func (c *Crew) Note(text string) {
	select {
	case c.notes <- text:
	case <-c.quit:
	}
}

func (c *Crew) Stop() {
	close(c.quit)
	c.wg.Wait()
}
