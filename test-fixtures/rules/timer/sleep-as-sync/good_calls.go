package main

import "time"

func (p *prices) stored() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.saved
}

// It reads something else.
func (s *shop) openStored() int {
	go s.load()
	time.Sleep(time.Millisecond)
	return s.prices.stored()
}

// Others have prices of their own.
func (s *shop) openBeside(other *shop) int {
	go s.load()
	time.Sleep(time.Millisecond)
	return other.prices.count()
}

// The method that reads waits for the goroutine before it does.
type slow struct {
	prices
	ready chan struct{}
}

func (s *slow) fill(ids []string) {
	for _, id := range ids {
		s.put(id, 1)
	}
	close(s.ready)
}

func (s *slow) total() int {
	<-s.ready
	return s.count()
}

func (s *slow) open(ids []string) int {
	go s.fill(ids)
	time.Sleep(time.Millisecond)
	return s.total()
}

// It goes on for ever: the sleep lets it work for a while.
func (s *shop) refresh() {
	for {
		s.load()
		time.Sleep(time.Minute)
	}
}

func (s *shop) sample() int {
	go s.refresh()
	time.Sleep(time.Second)
	return s.prices.count()
}

// It only writes.
func (s *shop) overwrite() {
	go s.load()
	time.Sleep(time.Second)
	s.prices.put("none", 0)
}
