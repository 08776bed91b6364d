package lockorder

import "sync"

type counter struct {
	mu    sync.Mutex
	calls map[int]*call
}

type call struct {
	mu      sync.Mutex
	n       int
	done    bool
	counter *counter
}

func (c *call) assign(to *counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counter = to
}

func (k *counter) Take(c *call) {
	k.mu.Lock()
	defer k.mu.Unlock()
	c.assign(k)
	k.calls[c.n] = c
}

func (k *counter) drop(c *call) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.calls, c.n)
}

// It is another counter by then, of which nothing is known.
func (c *call) Move(to *counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counter = to
	c.counter.drop(c)
}

// Not held while the counter is asked.
func (c *call) Close() {
	c.mu.Lock()
	from := c.counter
	c.counter = nil
	c.mu.Unlock()
	if from != nil {
		from.drop(c)
	}
}

// The loop comes round with another one.
func (c *call) DropAll(all []*counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, next := range all {
		c.counter.drop(c)
		c.counter = next
	}
}
