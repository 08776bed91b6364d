// Package leaky ends the transports of an RPC server once their streams are finished.
package leaky

import (
	"errors"
	"sync"
)

var errDraining = errors.New("transport takes no more streams")

type state int

const (
	ready state = iota
	draining
	closed
)

type transport struct {
	mu      sync.Mutex
	state   state
	nextID  uint32
	streams map[uint32]*stream
	drained chan struct{}
}

type stream struct {
	id    uint32
	owner *transport
}

func newTransport() *transport {
	return &transport{streams: make(map[uint32]*stream), drained: make(chan struct{})}
}

func (t *transport) openStream() (*stream, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state != ready {
		return nil, errDraining
	}
	t.nextID += 2
	s := &stream{id: t.nextID, owner: t}
	t.streams[s.id] = s
	return s, nil
}

func (s *stream) finish() {
	t := s.owner
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, open := t.streams[s.id]; !open {
		return
	}
	delete(t.streams, s.id)
	if t.state == draining && len(t.streams) == 0 {
		close(t.drained)
	}
}

func (t *transport) drain() {
	t.mu.Lock()
	t.state = draining
	t.mu.Unlock()
	<-t.drained // blocked: receive-without-sender|close-skipped
	t.mu.Lock()
	t.state = closed
	t.mu.Unlock()
}

type server struct {
	transports []*transport
}

func (s *server) gracefulStop() {
	var stopping sync.WaitGroup
	for _, t := range s.transports {
		stopping.Go(t.drain)
	}
	stopping.Wait()
}

// Run stops a server that has a busy and an idle transport.
func Run() {
	busy, idle := newTransport(), newTransport()
	call, err := busy.openStream()
	if err != nil {
		return
	}
	s := &server{transports: []*transport{busy, idle}}
	var stopped sync.WaitGroup
	stopped.Go(s.gracefulStop)
	for {
		next, err := busy.openStream()
		if errors.Is(err, errDraining) {
			break
		}
		next.finish()
	}
	call.finish()
	stopped.Wait()
}
