// Package leaky serves one API on several listeners and ends when the first of them fails.
package leaky

import (
	"errors"
	"fmt"
	"sync"
)

var errStopped = errors.New("listener is stopped")

type listener struct {
	name     string
	requests chan string
	stopped  chan struct{}
	once     sync.Once
}

func listen(name string) *listener {
	return &listener{name: name, requests: make(chan string), stopped: make(chan struct{})}
}

func (l *listener) accept() (string, error) {
	select {
	case r := <-l.requests:
		return r, nil
	case <-l.stopped:
		return "", errStopped
	}
}

func (l *listener) close() {
	l.once.Do(func() { close(l.stopped) })
}

type server struct {
	mu        sync.Mutex
	listeners []*listener
	handled   map[string]int

	failed chan error
}

func newServer(listeners ...*listener) *server {
	return &server{
		listeners: listeners,
		handled:   make(map[string]int),
		failed:    make(chan error, 1),
	}
}

func (s *server) serve(l *listener) error {
	for {
		request, err := l.accept()
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		s.mu.Lock()
		s.handled[request]++
		s.mu.Unlock()
	}
}

func (s *server) run() error {
	for _, l := range s.listeners {
		go func() {
			s.failed <- s.serve(l) // blocked: surplus-senders
		}()
	}
	err := <-s.failed
	s.shutdown()
	return err
}

func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.listeners {
		l.close()
	}
}

// Run serves on three listeners until the first one is closed from outside.
func Run() {
	public := listen("public")
	s := newServer(public, listen("admin"), listen("metrics"))
	go func() {
		public.requests <- "GET /"
		public.close()
	}()
	if err := s.run(); !errors.Is(err, errStopped) {
		return
	}
}
