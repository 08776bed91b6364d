// Package fixed writes the journal of a fleet.
package fixed

import (
	"errors"
	"sync"
)

// Trip is one drive of a car.
type Trip struct {
	Car        string
	Kilometres int
}

// Book takes trips for good.
type Book interface {
	Enter(Trip)
}

// ErrOver says that the journal is closed.
var ErrOver = errors.New("the journal is closed")

// Journal enters trips one after the other.
type Journal struct {
	book  Book
	trips chan Trip
	over  chan struct{}
	ended chan struct{}
	once  sync.Once
}

// Open starts a journal.
func Open(book Book) *Journal {
	j := &Journal{
		book:  book,
		trips: make(chan Trip),
		over:  make(chan struct{}),
		ended: make(chan struct{}),
	}
	go j.write()
	return j
}

func (j *Journal) write() {
	defer close(j.ended)
	for {
		select {
		case t := <-j.trips:
			j.book.Enter(t)
		case <-j.over:
			return
		}
	}
}

// Note enters a trip.
func (j *Journal) Note(t Trip) error {
	select {
	case j.trips <- t:
		return nil
	case <-j.over:
		return ErrOver
	}
}

// Close ends the journal.
func (j *Journal) Close() {
	j.once.Do(func() { close(j.over) })
	<-j.ended
}
