package fixed

import (
	"fmt"
	"sync/atomic"
)

// Event is what a transport delivers.
type Event struct {
	Topic   string
	Payload []byte
}

// Transport is one connection to the broker.
type Transport interface {
	Handshake(client string) error
	// Next gives the next event, or false when the connection is over.
	Next() (Event, bool)
}

// Session reads events from a transport and hands them to a callback, off the reading goroutine.
type Session struct {
	transport Transport
	events    chan Event
	handled   atomic.Int64
}

// Open greets the broker and starts to deliver events.
func Open(t Transport, client string, handle func(Event)) (*Session, error) {
	s := &Session{transport: t, events: make(chan Event, 16)}
	if err := t.Handshake(client); err != nil {
		return nil, fmt.Errorf("handshake of %s: %w", client, err)
	}
	go s.dispatch(handle)
	go s.read()
	return s, nil
}

func (s *Session) read() {
	defer close(s.events)
	for {
		event, ok := s.transport.Next()
		if !ok {
			return
		}
		s.events <- event
	}
}

func (s *Session) dispatch(handle func(Event)) {
	for event := range s.events {
		handle(event)
		s.handled.Add(1)
	}
}

// Handled tells how many events the callback has seen.
func (s *Session) Handled() int64 {
	return s.handled.Load()
}
