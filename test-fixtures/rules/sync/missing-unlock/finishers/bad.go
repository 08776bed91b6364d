package finishers

import (
	"errors"
	"sync"
)

var errFull = errors.New("full")

// A method of the value that is locked lets go of it, and only at the end.
type crate struct {
	mu    sync.Mutex
	parts []string
	count int
}

func (c *crate) seal() {
	c.count = len(c.parts)
	c.mu.Unlock()
}

func (c *crate) empty() { c.parts = c.parts[:0] }

type dock struct {
	mu     sync.Mutex
	crates map[int]*crate
}

func (d *dock) crate(number int) *crate {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.crates[number]
}

func (d *dock) Pack(number int, parts []string) error {
	c := d.crate(number)
	c.mu.Lock() // want "`c.mu` is still locked at the return on line 41"
	for _, p := range parts {
		if len(c.parts) > 100 {
			c.empty()
			return errFull
		}
		c.parts = append(c.parts, p)
	}
	c.seal()
	return nil
}

func (d *dock) Repack(number int) {
	c := d.crate(number)
	c.mu.Lock()
	c.empty()
	c.seal()
}

// Two calls away, in an embedded value; the lock is the receiver's own.
type basin struct {
	mu    sync.RWMutex
	level int
	log   []int
}

func (b *basin) settle() {
	b.log = append(b.log, b.level)
	b.open()
}

func (b *basin) open() { b.mu.Unlock() }

type canal struct {
	basin
	name string
}

func (c *canal) fill(by int) error {
	c.mu.Lock() // want "`c.mu` is still locked at the return on line 78"
	if c.level+by > 10 {
		return errFull
	}
	c.level += by
	c.settle()
	return nil
}

func (b *basin) drain(by int) bool {
	b.mu.Lock() // want "`b.mu` is still locked at the return on line 88"
	if b.level < by {
		return false
	}
	b.level -= by
	b.settle()
	return true
}
