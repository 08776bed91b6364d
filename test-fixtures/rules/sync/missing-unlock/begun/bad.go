// Package begun has functions that take a lock for their caller unless they fail, and forget to unlock on one failing way.
package begun

import (
	"errors"
	"fmt"
	"sync"
)

var errCold = errors.New("kiln is cold")

// Kiln fires one batch at a time.
type Kiln struct {
	mu     sync.Mutex
	heat   int
	shelf  []string
	locked bool
}

func (k *Kiln) preheat() error {
	if k.heat > 1300 {
		return errors.New("too hot")
	}
	k.heat += 100
	return nil
}

func (k *Kiln) open(room int) error {
	k.mu.Lock() // want "`k.mu` is still locked at the return on line 36"
	if k.locked {
		k.mu.Unlock()
		return errCold
	}
	if len(k.shelf)+room > 12 {
		if err := k.preheat(); err != nil {
			return fmt.Errorf("kiln: %w", err)
		}
	}
	return nil
}

func (k *Kiln) shut() { k.mu.Unlock() }

// Load puts pots in.
func (k *Kiln) Load(pots ...string) error {
	if err := k.open(len(pots)); err != nil {
		return err
	}
	defer k.shut()
	k.shelf = append(k.shelf, pots...)
	return nil
}

// Unload takes all out.
func (k *Kiln) Unload() ([]string, error) {
	err := k.open(0)
	if err != nil {
		return nil, fmt.Errorf("unload: %w", err)
	}
	out := k.shelf
	k.shelf = nil
	k.shut()
	return out, nil
}

// A value comes with it, and the lock is one of the argument.
type vat struct {
	mu    sync.RWMutex
	level int
	drips int
}

func draw(v *vat, n int) (int, error) {
	v.mu.Lock() // want "`v.mu` is still locked at the return on line 80"
	if n <= 0 {
		v.mu.Unlock()
		return 0, errors.New("nothing to draw")
	}
	if v.level < n {
		return 0, errors.New("vat is empty")
	}
	return v.level - n, nil
}

// Brew draws from a vat.
func Brew(v *vat, n int) error {
	left, err := draw(v, n)
	if err != nil {
		return err
	}
	v.level = left
	v.mu.Unlock()
	return nil
}
