// Package labeller has methods that give up when its loop has ended, and one that does not.
package labeller

import (
	"errors"
	"sync"
)

type device interface {
	Put(page string) error
}

var errOver = errors.New("the labels are over")

// Labeller prints labels; whoever asks for the last one waits for the same channel as who sends.
type Labeller struct {
	dev    device
	labels chan string
	last   chan chan string
	quit   chan struct{}
	over   chan struct{}
	once   sync.Once
}

// NewLabeller starts a labeller.
func NewLabeller(dev device) *Labeller {
	l := &Labeller{
		dev:    dev,
		labels: make(chan string),
		last:   make(chan chan string),
		quit:   make(chan struct{}),
		over:   make(chan struct{}),
	}
	go l.run()
	return l
}

func (l *Labeller) run() {
	defer close(l.over)
	var last string
	for {
		select {
		case last = <-l.labels:
			_ = l.dev.Put(last)
		case answer := <-l.last:
			answer <- last
		case <-l.quit:
			return
		}
	}
}

// Last returns the label that was printed last.
func (l *Labeller) Last() (string, error) {
	answer := make(chan string, 1)
	select {
	case l.last <- answer:
		return <-answer, nil
	case <-l.over:
		return "", errOver
	}
}

// Label prints one.
func (l *Labeller) Label(text string) error {
	l.labels <- text // want "abandoned-send: `labels` is unbuffered and the loop"
	return nil
}

// Close ends the loop.
func (l *Labeller) Close() {
	l.once.Do(func() { close(l.quit) })
	<-l.over
}
