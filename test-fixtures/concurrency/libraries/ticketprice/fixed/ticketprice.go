// Package fixed asks for two prices at once.
package fixed

import "errors"

// Pending is a price that somebody is asking for.
type Pending[T any] struct {
	answers chan T
	failed  chan error
}

func ask[T any](question func() (T, error)) *Pending[T] {
	p := &Pending[T]{answers: make(chan T, 1), failed: make(chan error, 1)}
	go p.run(question)
	return p
}

func (p *Pending[T]) run(question func() (T, error)) {
	answer, err := question()
	if err != nil {
		p.failed <- err
		return
	}
	p.answers <- answer
}

func (p *Pending[T]) get() (T, error) {
	select {
	case answer := <-p.answers:
		return answer, nil
	case err := <-p.failed:
		var none T
		return none, err
	}
}

// ErrNoSeat says that there is none.
var ErrNoSeat = errors.New("no seat")

// Office knows prices.
type Office interface {
	Seat(row int) (int, error)
	Fee(row int) (float64, error)
}

// Price returns what a seat costs with the fee.
func Price(o Office, row int) (float64, error) {
	seat := ask(func() (int, error) { return o.Seat(row) })
	fee := ask(func() (float64, error) { return o.Fee(row) })
	cents, err := seat.get()
	if err != nil {
		return 0, err
	}
	extra, err := fee.get()
	if err != nil {
		return 0, err
	}
	return float64(cents) + extra, nil
}
