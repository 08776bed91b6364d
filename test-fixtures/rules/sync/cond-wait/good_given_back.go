package condwait

import "sync"

// Whoever gives a seat back after all says so: by a helper, by a deferred call, or its caller does.
type cinema struct {
	mu    sync.Mutex
	freed *sync.Cond
	seats int
	taken int
	ended bool
}

func newCinema(seats int) *cinema {
	c := &cinema{seats: seats}
	c.freed = sync.NewCond(&c.mu)
	return c
}

func (c *cinema) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken--
	c.freed.Signal()
}

func (c *cinema) Enter(pay func() error) error {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	if err := pay(); err != nil {
		c.Leave()
		return err
	}
	return nil
}

func (c *cinema) EnterLate(pay func() error) error {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	err := pay()
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.taken--
		c.tell()
	}
	return err
}

func (c *cinema) tell() { c.freed.Signal() }

func (c *cinema) EnterDeferred(pay func() error) error {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	err := pay()
	if err != nil {
		defer c.freed.Signal()
		c.mu.Lock()
		defer c.mu.Unlock()
		c.taken--
	}
	return err
}

// The signal may come first, as long as the lock is held.
func (c *cinema) EnterEarly(pay func() error) error {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	err := pay()
	if err != nil {
		c.mu.Lock()
		c.freed.Signal()
		c.taken--
		c.mu.Unlock()
	}
	return err
}

// What is given back under the lock under which it was taken has never been missed.
func (c *cinema) EnterAtOnce(isFull func(int) bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	if isFull(c.taken) {
		c.taken--
		return false
	}
	return true
}

// Everybody has been woken when it ended, and nobody waits any more.
func (c *cinema) EnterOpen(pay func() error) bool {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	_ = pay()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		c.taken--
		return false
	}
	return true
}

func (c *cinema) End() {
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	c.freed.Broadcast()
}

// Who gives back takes again before anybody else could.
func (c *cinema) EnterAgain(pay func() error) {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	for pay() != nil {
		c.mu.Lock()
		c.taken--
		c.taken++
		c.mu.Unlock()
	}
}

func (c *cinema) enter(pay func() error) error {
	c.mu.Lock()
	for c.taken >= c.seats && !c.ended {
		c.freed.Wait()
	}
	c.taken++
	c.mu.Unlock()
	if err := pay(); err != nil {
		c.mu.Lock()
		c.taken--
		c.mu.Unlock()
		return err
	}
	return nil
}

// The caller wakes where that has failed.
func (c *cinema) Watch(pay func() error, film func()) error {
	if err := c.enter(pay); err != nil {
		c.freed.Broadcast()
		return err
	}
	defer c.Leave()
	film()
	return nil
}
