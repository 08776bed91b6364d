package condwait

import (
	"errors"
	"sync"
)

var errAdrift = errors.New("adrift")

// Boats for hire: one that turns out to leak is given back, and nobody who queues for a boat hears of it.
type boathouse struct {
	mu     sync.Mutex
	back   *sync.Cond
	fleet  int
	out    int
	moored []string
	shut   bool
}

func newBoathouse(fleet int) *boathouse {
	b := &boathouse{fleet: fleet}
	b.back = sync.NewCond(&b.mu)
	return b
}

func (b *boathouse) Hire(build func() (string, error)) (string, error) {
	b.mu.Lock()
	for !b.shut && len(b.moored) == 0 && b.out >= b.fleet {
		b.back.Wait() // want "`b\\.back\\.Wait` may go on waiting after its condition has ended: on line 46 `Hire` takes back what it has changed before, and wakes nobody, as `Return` does"
	}
	if b.shut {
		b.mu.Unlock()
		return "", errAdrift
	}
	if n := len(b.moored); n > 0 {
		boat := b.moored[n-1]
		b.moored = b.moored[:n-1]
		b.mu.Unlock()
		return boat, nil
	}
	b.out++
	b.mu.Unlock()
	boat, err := build()
	if err != nil {
		b.mu.Lock()
		b.out--
		b.mu.Unlock()
		return "", err
	}
	return boat, nil
}

func (b *boathouse) Return(boat string, leaks bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if leaks {
		b.out--
	} else {
		b.moored = append(b.moored, boat)
	}
	b.back.Signal()
}

func (b *boathouse) Shut() {
	b.mu.Lock()
	b.shut = true
	b.mu.Unlock()
	b.back.Broadcast()
}

// Who uses it gives a boat back on the other way only.
func (b *boathouse) Ride(build func() (string, error), row func(string)) error {
	boat, err := b.Hire(build)
	if err != nil {
		return err
	}
	defer b.Return(boat, false)
	row(boat)
	return nil
}

// A method that does not wait itself, with the lock held but for the call.
type cellar struct {
	mu    sync.Mutex
	room  *sync.Cond
	racks int
	full  int
}

func newCellar(racks int) *cellar {
	c := &cellar{racks: racks}
	c.room = sync.NewCond(&c.mu)
	return c
}

func (c *cellar) Store() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.full == c.racks || c.racks == 0 {
		c.room.Wait()
	}
	c.full++
}

func (c *cellar) AwaitRoom() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.full >= c.racks {
		c.room.Wait() // want "on line 121 `TryStore` takes back what it has changed before, and wakes nobody, as `Drink` does"
	}
}

func (c *cellar) TryStore(carry func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.full++
	c.mu.Unlock()
	err := carry()
	c.mu.Lock()
	if err != nil {
		c.full--
		return err
	}
	return nil
}

func (c *cellar) Drink() {
	c.mu.Lock()
	c.full--
	c.mu.Unlock()
	c.room.Broadcast()
}

// The taking is in a helper that waits; only its caller is for others.
type dock struct {
	mu    sync.Mutex
	free  *sync.Cond
	ships int
}

func newDock() *dock {
	d := &dock{}
	d.free = sync.NewCond(&d.mu)
	return d
}

func (d *dock) berth(pilot func() error) error {
	d.mu.Lock()
	for d.ships > 3 {
		d.free.Wait() // want "`berth` takes back what it has changed before, and wakes nobody, as `Leave` does"
	}
	d.ships++
	d.mu.Unlock()
	if err := pilot(); err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.ships--
		return errors.Join(errAdrift, err)
	}
	return nil
}

func (d *dock) Leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ships--
	d.free.Signal()
}

func (d *dock) Visit(pilot func() error, unload func()) error {
	err := d.berth(pilot)
	if err == nil {
		unload()
		d.Leave()
	}
	return err
}
