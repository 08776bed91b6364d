package condwait

import "sync"

// A way that wakes nobody, and need not: the state says that nobody waits, or not for that.
type cloakroom struct {
	mu      sync.Mutex
	freed   *sync.Cond
	coats   []*coat
	hooks   int
	used    int
	queuing int
	closed  bool
}

type coat struct{ lost, spare bool }

func newCloakroom(hooks int) *cloakroom {
	c := &cloakroom{hooks: hooks}
	c.freed = sync.NewCond(&c.mu)
	return c
}

func (c *cloakroom) Leave() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queuing++
	for !c.closed && c.used >= c.hooks {
		c.freed.Wait()
	}
	c.queuing--
	return !c.closed
}

func (c *cloakroom) Fetch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used--
	c.freed.Signal()
}

// Nobody queues.
func (c *cloakroom) FetchCounted() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.queuing == 0 {
		c.used--
		return
	}
	c.used--
	c.freed.Signal()
}

// More hooks are used than there are: one fewer does not help.
func (c *cloakroom) FetchOver(coat *coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.used > c.hooks {
		c.used--
		return
	}
	if coat.lost {
		return
	}
	c.used--
	c.freed.Signal()
}

// The same, asked before.
func (c *cloakroom) FetchKnown() {
	c.mu.Lock()
	defer c.mu.Unlock()
	isOver := c.used > c.hooks
	if isOver {
		c.used--
		return
	}
	c.used--
	c.freed.Signal()
}

func (c *cloakroom) isFull() bool { return c.used == c.hooks }

// The same, asked by a method.
func (c *cloakroom) FetchAsked() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.isFull() {
		c.used--
		return
	}
	c.used--
	c.freed.Signal()
}

// Nobody waits once it is closed.
func (c *cloakroom) FetchLate(coat *coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		c.used--
		return
	}
	c.coats = append(c.coats, coat)
	c.used--
	c.freed.Signal()
}

// A hook more is in use: that ends no wait.
func (c *cloakroom) Hang(coat *coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if coat.lost {
		c.used++
		return
	}
	c.coats = append(c.coats, coat)
	c.freed.Signal()
}

// The deferred call wakes on all ways.
func (c *cloakroom) FetchDeferred(coat *coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.freed.Broadcast()
	if coat.lost {
		c.used--
		return
	}
	c.coats = append(c.coats, coat)
}

// The signal comes first, under the same lock.
func (c *cloakroom) FetchEarly(coat *coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if coat.lost {
		c.freed.Signal()
		c.used--
		return
	}
	c.coats = append(c.coats, coat)
	c.freed.Signal()
}

// One signal for all of them, at the end.
func (c *cloakroom) FetchAll(coats []*coat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, coat := range coats {
		if coat.lost {
			c.used--
			continue
		}
		c.coats = append(c.coats, coat)
	}
	c.freed.Broadcast()
}

// Whoever calls it may ask for silence, and wakes later.
func (c *cloakroom) FetchQuietly(quiet bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if quiet {
		c.used--
		return
	}
	c.used--
	c.freed.Signal()
}

// The caller wakes.
func (c *cloakroom) take(coat *coat) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if coat.lost {
		c.used--
		return true
	}
	c.coats = append(c.coats, coat)
	c.freed.Signal()
	return false
}

func (c *cloakroom) Search(coat *coat) {
	if c.take(coat) {
		c.freed.Broadcast()
	}
}

// The lock is held by the caller, who may have woken somebody.
func (c *cloakroom) takeLocked(coat *coat) {
	if coat.spare {
		c.used--
		return
	}
	c.coats = append(c.coats, coat)
	c.freed.Signal()
}

func (c *cloakroom) Shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, coat := range c.coats {
		c.takeLocked(coat)
	}
	c.closed = true
	c.freed.Broadcast()
}

// What is added where there is something already wakes nobody: nobody waits for more.
type inbox struct {
	mu    sync.Mutex
	added *sync.Cond
	notes []string
}

func newInbox() *inbox {
	b := &inbox{}
	b.added = sync.NewCond(&b.mu)
	return b
}

func (b *inbox) Read() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.notes) == 0 {
		b.added.Wait()
	}
	note := b.notes[0]
	b.notes = b.notes[1:]
	return note
}

func (b *inbox) Put(note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.notes) > 0 {
		b.notes = append(b.notes, note)
		return
	}
	b.notes = append(b.notes, note)
	b.added.Signal()
}

func (b *inbox) Replace(note string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n := len(b.notes); n > 0 && note != "" {
		b.notes = append(b.notes[:n-1], note)
		return
	}
	b.notes = append(b.notes, note)
	b.added.Signal()
}
