// Package holder sends to values that have a channel for their end, beside that of the sender.
package holder

import (
	"errors"
	"sync"
)

var errOver = errors.New("over")

// Desk calls out numbers to those who wait.
type Desk struct {
	numbers chan int
	come    chan *Seat
	leave   chan *Seat
	closing chan struct{}
	closed  chan struct{}
	once    sync.Once
}

// Seat is somebody who waits.
type Seat struct {
	desk  *Desk
	calls chan int
	up    chan struct{}
	once  sync.Once
}

// Open starts a desk.
func Open() *Desk {
	d := &Desk{
		numbers: make(chan int),
		come:    make(chan *Seat),
		leave:   make(chan *Seat),
		closing: make(chan struct{}),
		closed:  make(chan struct{}),
	}
	go d.serve()
	return d
}

func (d *Desk) serve() {
	defer close(d.closed)
	seats := make(map[*Seat]bool)
	for {
		select {
		case s := <-d.come:
			seats[s] = true
		case s := <-d.leave:
			delete(seats, s)
		case n := <-d.numbers:
			for s := range seats {
				d.call(s, n)
			}
		case <-d.closing:
			return
		}
	}
}

func (d *Desk) call(s *Seat, n int) {
	s.calls <- n // want "abandoned-send: nobody is left who could receive from `s.calls`"
}

// Next calls out a number.
func (d *Desk) Next(n int) error {
	select {
	case d.numbers <- n:
		return nil
	case <-d.closing:
		return errOver
	}
}

// Sit takes a seat.
func (d *Desk) Sit() (*Seat, error) {
	s := &Seat{desk: d, calls: make(chan int), up: make(chan struct{})}
	select {
	case d.come <- s:
		return s, nil
	case <-d.closing:
		return nil, errOver
	}
}

// Close sends everybody home.
func (d *Desk) Close() {
	d.once.Do(func() { close(d.closing) })
	<-d.closed
}

// Hear waits for a number.
func (s *Seat) Hear() (int, error) {
	select {
	case n := <-s.calls:
		return n, nil
	case <-s.up:
		return 0, errOver
	case <-s.desk.closing:
		return 0, errOver
	}
}

// Leave gives the seat back.
func (s *Seat) Leave() {
	s.once.Do(func() {
		close(s.up)
		select {
		case s.desk.leave <- s:
		case <-s.desk.closing:
		}
	})
}
