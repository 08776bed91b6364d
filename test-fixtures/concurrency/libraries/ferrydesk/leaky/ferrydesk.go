// Package leaky sells places on a ferry, a few at a time.
package leaky

import (
	"errors"
	"fmt"
)

// Line talks to the harbour.
type Line interface {
	Greet() error
	Hang()
}

// Desk lets a few talk to the harbour at once.
type Desk struct {
	dial  func() (Line, error)
	seats chan struct{}
}

// NewDesk has some seats.
func NewDesk(seats int, dial func() (Line, error)) *Desk {
	return &Desk{dial: dial, seats: make(chan struct{}, seats)}
}

// ErrRude says that the harbour has not greeted.
var ErrRude = errors.New("the harbour does not greet")

// Take waits for a seat and calls the harbour.
func (d *Desk) Take() (*Call, error) {
	d.seats <- struct{}{} // blocked: abandoned-send
	line, err := d.dial()
	if err != nil {
		<-d.seats
		return nil, err
	}
	if err := line.Greet(); err != nil {
		line.Hang()
		return nil, fmt.Errorf("%w: %v", ErrRude, err)
	}
	return &Call{line: line}, nil
}

// Leave ends a call and frees its seat.
func (d *Desk) Leave(c *Call) {
	c.line.Hang()
	<-d.seats
}

// Call is a talk with the harbour.
type Call struct {
	line Line
}
