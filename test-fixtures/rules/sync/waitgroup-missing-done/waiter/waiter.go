// Package waiter has a goroutine of its own that waits.
package waiter

import (
	"errors"
	"sync"
)

type parcel struct{ to string }

type shipped struct {
	to  string
	err error
}

type Depot struct {
	Send    func(parcel) error
	Lanes   int
	Longest int
}

func (d *Depot) check(p parcel) error {
	if len(p.to) > d.Longest {
		return errors.New("too long: " + p.to)
	}
	return nil
}

// A goroutine of its own waits, and closes what the others send on.
func (d *Depot) ship(parcels []parcel) <-chan shipped {
	out := make(chan shipped, len(parcels))
	slots := make(chan struct{}, d.Lanes)
	var wg sync.WaitGroup
	wg.Add(len(parcels))
	for _, p := range parcels {
		if err := d.check(p); err != nil {
			out <- shipped{p.to, err}
			continue
		}
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			out <- shipped{p.to, d.Send(p)}
		}()
	}
	go func() {
		wg.Wait() // want "this wait for `wg` may last for ever"
		close(out)
	}()
	return out
}

// Ship ships them all.
func (d *Depot) Ship(parcels []parcel) map[string]error {
	failed := make(map[string]error)
	for s := range d.ship(parcels) {
		if s.err != nil {
			failed[s.to] = s.err
		}
	}
	return failed
}
