package main

import (
	"errors"
	"sync"
	"time"
)

type prices struct {
	mu    sync.RWMutex
	byID  map[string]int
	saved int
}

func (p *prices) put(id string, price int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.byID[id] = price
}

func (p *prices) count() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.byID)
}

func (p *prices) isEmpty() bool { return p.count() == 0 }

type shop struct {
	prices *prices
	ids    []string
	ask    func(id string) int
}

func (s *shop) load() {
	for _, id := range s.ids {
		s.prices.put(id, s.ask(id))
	}
}

var errEmpty = errors.New("no prices")

// What the goroutine writes is read by a method of a method.
func (s *shop) open() error {
	go s.load()
	time.Sleep(100 * time.Millisecond) // want "has set `s.prices.byID`: nothing makes sure that it has when `s.prices.byID` is read"
	if s.prices.isEmpty() {
		return errEmpty
	}
	return nil
}

// Handed over as an argument.
func size(p *prices) int { return p.count() }

func (s *shop) size() int {
	go s.load()
	time.Sleep(time.Second) // want "has set `s.prices.byID`"
	n := size(s.prices)
	return n
}
