// Package spooler sends to loops that end, and that say so by a channel in the same value.
package spooler

import (
	"errors"
	"sync"
)

// ErrShut is returned once a spooler prints no more.
var ErrShut = errors.New("the spooler is shut")

// ErrTooLong is returned for texts that fit on no page.
var ErrTooLong = errors.New("the text is too long")

type device interface {
	Put(page string) error
}

// Spooler prints one page after the other.
type Spooler struct {
	dev   device
	pages chan string
	stop  chan struct{}
	gone  chan struct{}

	mu   sync.Mutex
	shut bool
}

// NewSpooler starts a spooler.
func NewSpooler(dev device) *Spooler {
	s := &Spooler{dev: dev, pages: make(chan string), stop: make(chan struct{}), gone: make(chan struct{})}
	go s.print()
	return s
}

func (s *Spooler) print() {
	defer close(s.gone)
	for {
		select {
		case page := <-s.pages:
			_ = s.dev.Put(page)
		case <-s.stop:
			return
		}
	}
}

func (s *Spooler) isShut() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shut
}

// Print hands a page to the loop. It says which page it was.
func (s *Spooler) Print(page string) (int, error) {
	if len(page) > 4096 {
		return 0, ErrTooLong
	}
	if s.isShut() {
		return 0, ErrShut
	}
	// The loop has no list of its own.
	s.pages <- page // want "abandoned-send: nobody is left who could receive from `s.pages`"
	return len(page), nil
}

// Close ends the loop and waits for it.
func (s *Spooler) Close() error {
	s.mu.Lock()
	if s.shut {
		s.mu.Unlock()
		return ErrShut
	}
	s.shut = true
	s.mu.Unlock()
	close(s.stop)
	<-s.gone
	return nil
}
