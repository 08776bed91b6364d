// Package fixed checks whether a passenger may board.
package fixed

import (
	"errors"
	"fmt"
)

// Desk knows passengers and their things.
type Desk interface {
	Passport(name string) (country string, valid bool, err error)
	Weight(bag int) (int, error)
	Seat(name string) (row int, err error)
}

type verdicts struct {
	all  chan error
	open int
}

func (v *verdicts) ask(check func() error) {
	v.open++
	go func() {
		v.all <- check()
	}()
}

// refusal is the first reason not to board.
func (v *verdicts) refusal() error {
	var first error
	for ; v.open > 0; v.open-- {
		if err := <-v.all; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// MayBoard asks everything at the same time.
func MayBoard(d Desk, name string, bags []int) error {
	v := &verdicts{all: make(chan error)}
	v.ask(func() error { return passport(d, name) })
	v.ask(func() error { return luggage(d, bags) })
	v.ask(func() error { return seat(d, name) })
	return v.refusal()
}

func passport(d Desk, name string) error {
	country, valid, err := d.Passport(name)
	if err != nil {
		return err
	}
	if !valid || country == "" {
		return errors.New("no valid passport")
	}
	return nil
}

func luggage(d Desk, bags []int) error {
	for _, bag := range bags {
		kilos, err := d.Weight(bag)
		if err != nil {
			return err
		}
		if kilos > 23 {
			return fmt.Errorf("bag %d is too heavy", bag)
		}
	}
	return nil
}

func seat(d Desk, name string) error {
	row, err := d.Seat(name)
	if err != nil {
		return err
	}
	if row < 1 || row == 13 || row > 40 {
		return fmt.Errorf("there is no row %d", row)
	}
	return nil
}
