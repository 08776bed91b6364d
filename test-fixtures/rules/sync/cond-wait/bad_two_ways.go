package condwait

import "sync"

// Guests leave one after the other; who turns the lights off and who closes the books both wait for the last of them.
type Parlour struct {
	mu     sync.Mutex
	empty  *sync.Cond
	guests int
	lights bool
}

func NewParlour() *Parlour {
	p := &Parlour{lights: true}
	p.empty = sync.NewCond(&p.mu)
	return p
}

func (p *Parlour) Enter() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.guests++
}

func (p *Parlour) Leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.guests--
	if p.guests == 0 {
		p.empty.Signal()
	}
}

func (p *Parlour) waitEmpty() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.guests > 0 {
		p.empty.Wait() // want "`p.empty.Wait` may go on waiting after its condition has ended"
	}
}

func (p *Parlour) Darken() {
	p.waitEmpty()
	p.mu.Lock()
	p.lights = false
	p.mu.Unlock()
}

func (p *Parlour) Settle(book func()) {
	p.waitEmpty()
	book()
}

// A flag that stays.
type Curtain struct {
	mu     sync.Mutex
	risen  *sync.Cond
	isOpen bool
}

func NewCurtain() *Curtain {
	c := &Curtain{}
	c.risen = sync.NewCond(&c.mu)
	return c
}

func (c *Curtain) Raise() {
	c.mu.Lock()
	c.isOpen = true
	c.mu.Unlock()
	c.risen.Signal()
}

func (c *Curtain) Watch() {
	c.mu.Lock()
	for !c.isOpen {
		c.risen.Wait() // want "`c.risen.Wait` may go on waiting after its condition has ended"
	}
	c.mu.Unlock()
}

func (c *Curtain) Applaud(clap func() int) int {
	c.mu.Lock()
	for !c.isOpen {
		c.risen.Wait() // want "`c.risen.Wait` may go on waiting after its condition has ended"
	}
	c.mu.Unlock()
	return clap()
}
