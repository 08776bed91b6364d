// Package leaky watches the heartbeats of peers.
package leaky

import "sync"

type monitor struct {
	mu      sync.Mutex
	beats   map[string]int
	stopped bool
	dropped int

	events chan string
	quit   chan struct{}
	done   chan struct{}
}

func newMonitor() *monitor {
	m := &monitor{
		beats:  make(map[string]int),
		events: make(chan string, 8),
		quit:   make(chan struct{}),
		done:   make(chan struct{}),
	}
	go m.loop()
	return m
}

func (m *monitor) loop() {
	defer close(m.done)
	for {
		select {
		case peer := <-m.events:
			m.note(peer)
		case <-m.quit:
			m.drain()
			return
		}
	}
}

func (m *monitor) note(peer string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.beats[peer]++
}

// drain counts what came too late.
func (m *monitor) drain() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dropped += len(m.events)
}

func (m *monitor) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped {
		return
	}
	m.stopped = true
	close(m.quit)
	<-m.done // blocked: blocking-under-lock
}

// Run watches two peers for a moment.
func Run() {
	m := newMonitor()
	m.events <- "n1"
	m.events <- "n2"
	m.stop()
	m.stop()
}
