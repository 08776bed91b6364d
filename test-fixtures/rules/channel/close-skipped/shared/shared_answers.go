// Package shared lets callers wait for the answer to another one.
package shared

import (
	"errors"
	"sync"
)

type answer struct {
	ready chan struct{}
	value string
	err   error
}

// Loader lets those who ask for the same key wait for one answer.
type Loader struct {
	load func(string) (string, error)

	mu      sync.Mutex
	pending map[string]*answer
}

func NewLoader(load func(string) (string, error)) *Loader {
	return &Loader{load: load, pending: map[string]*answer{}}
}

// Who waits is not told of an error.
func (l *Loader) Load(key string) (string, error) {
	l.mu.Lock()
	if a, ok := l.pending[key]; ok {
		l.mu.Unlock()
		<-a.ready // want "close-skipped"
		return a.value, a.err
	}
	a := &answer{ready: make(chan struct{})}
	l.pending[key] = a
	l.mu.Unlock()

	value, err := l.load(key)
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.pending, key)
	if err != nil {
		return "", err
	}
	a.value = value
	close(a.ready)
	return value, nil
}

// LoadSafely tells them.
func (l *Loader) LoadSafely(key string) (string, error) {
	l.mu.Lock()
	if a, ok := l.pending[key]; ok {
		l.mu.Unlock()
		<-a.ready
		return a.value, a.err
	}
	a := &answer{ready: make(chan struct{})}
	l.pending[key] = a
	l.mu.Unlock()
	defer close(a.ready)

	a.value, a.err = l.load(key)
	l.mu.Lock()
	delete(l.pending, key)
	l.mu.Unlock()
	return a.value, a.err
}

// Cell gives its value to all who wait for it, also in a call that comes later.
type Cell struct {
	mu    sync.Mutex
	ready chan struct{}
	value string
	isSet bool
}

func NewCell() *Cell { return &Cell{ready: make(chan struct{})} }

var errSet = errors.New("set before")

func (c *Cell) Set(value string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.isSet {
		return errSet
	}
	c.value, c.isSet = value, true
	close(c.ready)
	return nil
}

func (c *Cell) Get() string {
	c.mu.Lock()
	ready := c.ready
	c.mu.Unlock()
	<-ready
	return c.value
}

// Results are received by whoever calls.
type Jobs struct {
	mu sync.Mutex
	n  int
}

func NewJobs() *Jobs { return &Jobs{} }

func (j *Jobs) Start(job func() int) <-chan int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.n++
	result := make(chan int)
	go func() { result <- job() }()
	return result
}

// A second one to run it is a mistake of who does so.
type Server struct {
	mu   sync.Mutex
	stop chan struct{}
}

func NewServer() *Server { return &Server{} }

func (s *Server) Run() {
	s.mu.Lock()
	s.stop = make(chan struct{}, 1)
	s.mu.Unlock()
	<-s.stop
}

func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		s.stop <- struct{}{}
	}
}
