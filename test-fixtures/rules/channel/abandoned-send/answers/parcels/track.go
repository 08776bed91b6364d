// Package parcels keeps who waits for a parcel in a map from which each is taken once.
package parcels

import (
	"context"
	"errors"
	"sync"
)

var errGone = errors.New("the office is closed")

// Line is where news of parcels come from.
type Line interface {
	Next() (number int, place string, err error)
	Close() error
}

type place struct {
	name string
	err  error
}

// Office knows who waits.
type Office struct {
	line Line
	done chan struct{}

	mu      sync.Mutex
	last    int
	waiting map[int]*waiter
	err     error
}

// NewOffice starts to listen.
func NewOffice(line Line) *Office {
	o := &Office{line: line, done: make(chan struct{}), waiting: make(map[int]*waiter)}
	go o.listen()
	return o
}

// Track waits for news of the next parcel.
func (o *Office) Track(ctx context.Context) (string, error) {
	w := newWaiter()
	number, err := o.enter(w)
	if err != nil {
		return "", err
	}
	select {
	case p := <-w.place:
		return p.name, p.err
	case <-ctx.Done():
		o.remove(number)
		return "", ctx.Err()
	}
}

func (o *Office) enter(w *waiter) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	o.last++
	o.waiting[o.last] = w
	return o.last, nil
}

func (o *Office) remove(number int) *waiter {
	o.mu.Lock()
	defer o.mu.Unlock()
	w, ok := o.waiting[number]
	if !ok {
		return nil
	}
	delete(o.waiting, number)
	return w
}

func (o *Office) listen() {
	defer close(o.done)
	for {
		number, name, err := o.line.Next()
		if err != nil {
			o.giveUp()
			return
		}
		if w := o.remove(number); w != nil {
			w.tell(place{name: name})
		}
	}
}

func (o *Office) giveUp() {
	o.mu.Lock()
	left := o.waiting
	o.waiting = nil
	o.err = errGone
	o.mu.Unlock()
	for _, w := range left {
		w.tell(place{err: errGone})
	}
}

// Close ends the line.
func (o *Office) Close() error {
	err := o.line.Close()
	<-o.done
	return err
}
