// Package plotter has a loop that ends, and no error that says so.
package plotter

import (
	"errors"
	"sync"
)

var errTooLong = errors.New("the line is too long")

type device interface {
	Put(page string) error
}

// Plotter is a spooler whose methods say in different ways that it has ended.
type Plotter struct {
	dev   device
	lines chan string
	stop  chan struct{}
	gone  chan struct{}

	mu   sync.Mutex
	shut bool
}

// NewPlotter starts a plotter.
func NewPlotter(dev device) *Plotter {
	p := &Plotter{dev: dev, lines: make(chan string), stop: make(chan struct{}), gone: make(chan struct{})}
	go p.plot()
	return p
}

func (p *Plotter) plot() {
	defer close(p.gone)
	for {
		select {
		case line := <-p.lines:
			_ = p.dev.Put(line)
		case <-p.stop:
			return
		}
	}
}

// Draw has no error of its own for the end: what the text says of lines that are too long is another matter.
func (p *Plotter) Draw(line string) error {
	if p.isShut() {
		return errors.New("too late")
	}
	if line == "" {
		return errTooLong
	}
	p.lines <- line // want "abandoned-send: nobody is left who could receive from `p.lines`"
	return nil
}

func (p *Plotter) isShut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shut
}

// Close ends the loop.
func (p *Plotter) Close() {
	p.mu.Lock()
	if p.shut {
		p.mu.Unlock()
		return
	}
	p.shut = true
	p.mu.Unlock()
	close(p.stop)
	<-p.gone
}
