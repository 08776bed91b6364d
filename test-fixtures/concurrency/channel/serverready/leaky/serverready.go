package leaky

import (
	"fmt"
	"sync"
)

// Listener accepts connections.
type Listener interface {
	Bind(address string) error
	Accept() (conn string, ok bool)
}

// Server greets every connection.
type Server struct {
	Address  string
	Listener Listener

	ready chan struct{}
	mu    sync.Mutex
	err   error
	conns []string
}

// Start serves in the background and returns when connections are accepted.
func (s *Server) Start() error {
	s.ready = make(chan struct{})
	go s.serve()
	<-s.ready // blocked: receive-without-sender|close-skipped
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *Server) serve() {
	if err := s.Listener.Bind(s.Address); err != nil {
		s.fail(fmt.Errorf("bind %s: %w", s.Address, err))
		return
	}
	close(s.ready)
	for {
		conn, ok := s.Listener.Accept()
		if !ok {
			return
		}
		s.mu.Lock()
		s.conns = append(s.conns, conn)
		s.mu.Unlock()
	}
}

func (s *Server) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}
