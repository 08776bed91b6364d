package lockorder

import "sync"

// Here nobody waits for the goroutine with the table.
type cable struct {
	mu     sync.Mutex
	plugs  map[int]*plug
	pulls  int
	orders chan int
	table  []func(int)
}

type plug struct {
	cable *cable
	mu    sync.Mutex
	in    bool
}

func lay(orders chan int) *cable {
	c := &cable{plugs: map[int]*plug{}, orders: orders}
	c.table = append(c.table, c.pull)
	go c.read()
	return c
}

func (c *cable) read() {
	for n := range c.orders {
		c.table[0](n)
	}
}

func (c *cable) pull(n int) {
	c.mu.Lock()
	p := c.plugs[n]
	c.mu.Unlock()
	p.pull()
}

func (p *plug) pull() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.in = false
	p.cable.count()
}

func (c *cable) count() {
	c.mu.Lock()
	c.pulls++
	c.mu.Unlock()
}

func (p *plug) lock() {
	p.mu.Lock() // want "this locks `p.mu` for `cable.Close`"
	p.in = false
	p.mu.Unlock()
}

func (c *cable) Close() {
	close(c.orders)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.plugs {
		p.lock()
	}
}

// Any caller may take the second order of these.
type motor struct {
	oil, gas sync.Mutex
	level    int
	steps    map[string]func()
}

func assemble() *motor {
	m := &motor{}
	m.steps = map[string]func(){"up": m.up, "down": m.down}
	return m
}

// Do runs a step for whoever calls it.
func (m *motor) Do(step string) {
	if f := m.steps[step]; f != nil {
		f()
	}
}

func (m *motor) up() {
	m.oil.Lock()
	defer m.oil.Unlock()
	m.gas.Lock()
	m.level++
	m.gas.Unlock()
}

func (m *motor) down() {
	m.gas.Lock()
	defer m.gas.Unlock()
	m.oil.Lock() // want "`m.oil` is locked while `m.gas` is held"
	m.level--
	m.oil.Unlock()
}
