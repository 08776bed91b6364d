package resourcenotclosed

import (
	"bufio"
	"errors"
	"io"
	"log"
	"net"
	"os"
)

type station struct {
	name string
	ln   net.Listener
	r    *bufio.Reader
}

var stations = map[string]*station{}

func (s *station) register() error {
	if s.name == "" {
		return errors.New("no name")
	}
	stations[s.name] = s
	return nil
}

// It is known elsewhere by then.
func newStation(name, addr string) (*station, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &station{name: name, ln: ln}
	if err := s.register(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *station) begin() error {
	if s.name == "" {
		s.stop()
		return errors.New("no name")
	}
	return nil
}

func (s *station) stop() { s.ln.Close() }

// The method that fails has closed it.
func beginStation(name, addr string) (*station, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &station{name: name, ln: ln}
	if err := s.begin(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *station) serve() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		c.Close()
	}
}

func (s *station) check() error {
	if s.name == "" {
		return errors.New("no name")
	}
	return nil
}

// A goroutine goes on with it.
func runStation(name, addr string) (*station, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &station{name: name, ln: ln}
	go s.serve()
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// Closed by the struct that has it.
func tryStation(name, addr string) (*station, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &station{name: name}
	s.ln = ln
	if err := s.check(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

type source struct {
	io.Closer
	lines *bufio.Scanner
}

// What an embedded field's method does is the field's to know.
func openSource(name string) (*source, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	s := &source{Closer: f, lines: bufio.NewScanner(f)}
	if !s.lines.Scan() {
		return nil, errors.Join(s.lines.Err(), s.Close())
	}
	return s, nil
}

// The name of a comparison is as good as the comparison.
func isUp(addr string) bool {
	conn, err := net.Dial("tcp", addr)
	up := err == nil
	if up {
		conn.Close()
	}
	log.Printf("%s: %v", addr, up)
	return up
}
