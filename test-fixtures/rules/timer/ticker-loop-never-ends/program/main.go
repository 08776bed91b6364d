package main

import (
	"fmt"
	"sync"
	"time"
)

type meter struct {
	mu    sync.Mutex
	watts []int

	tick  *time.Ticker
	ended sync.WaitGroup
	over  chan struct{}
}

// Closing a meter waits for a loop that goes on without ticks.
func newMeter(every time.Duration) *meter {
	m := &meter{tick: time.NewTicker(every), over: make(chan struct{})}
	m.ended.Add(1)
	go m.sample() // want "its loop on line 28 waits for `m.tick.C`"
	return m
}

func (m *meter) sample() {
	defer m.ended.Done()
	for range m.tick.C {
		m.mu.Lock()
		m.watts = append(m.watts, len(m.watts))
		m.mu.Unlock()
	}
}

func (m *meter) close() int {
	m.tick.Stop()
	close(m.over)
	m.ended.Wait()
	return len(m.watts)
}

// A program that samples as long as it lives.
type beacon struct {
	tick *time.Ticker
	gone chan struct{}
}

func newBeacon() *beacon {
	b := &beacon{tick: time.NewTicker(time.Second), gone: make(chan struct{})}
	go func() {
		defer close(b.gone)
		for range b.tick.C {
			fmt.Println("here")
		}
	}()
	return b
}

// The first tick of another one is not waited for.
func (b *beacon) quiet(m *meter) {
	m.tick.Stop()
	fmt.Println("quiet")
}

type siren struct {
	tick *time.Ticker
	gone chan struct{}
}

func newSiren() *siren {
	s := &siren{tick: time.NewTicker(time.Second), gone: make(chan struct{})}
	go func() { // want "waits for `s.tick.C`"
		defer close(s.gone)
		for {
			<-s.tick.C
			fmt.Println("loud")
		}
	}()
	return s
}

func (s *siren) off() {
	s.tick.Stop()
	<-s.gone
	fmt.Println("off")
}

func main() {
	m := newMeter(time.Millisecond)
	b := newBeacon()
	s := newSiren()
	time.Sleep(time.Second)
	s.off()
	b.quiet(m)
	fmt.Println(m.close())
	<-b.gone
}
