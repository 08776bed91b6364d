package lockorder

import "sync"

// A cart moves from one depot to another: which one it is given to need not be that which it knows.
type cart struct {
	mu    sync.Mutex
	depot *depot
	load  int
}

type depot struct {
	mu    sync.Mutex
	stock int
}

func (d *depot) Take(c *cart) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.empty()
	d.stock++
}

func (c *cart) empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.load = 0
}

func (c *cart) Move(to *depot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.depot.release()
	c.depot = to
}

func (d *depot) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stock--
}

// A clerk may serve an office that is not his own.
type clerk struct {
	mu           sync.Mutex
	home, branch *office
	served       int
}

type office struct {
	mu    sync.Mutex
	files int
}

func (o *office) Visit(c *clerk) {
	o.mu.Lock()
	defer o.mu.Unlock()
	c.rest()
}

func (c *clerk) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.served = 0
}

func (c *clerk) File() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.home.add()
}

func (o *office) add() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.files++
}
