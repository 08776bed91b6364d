package connwithoutdeadline

import (
	"context"
	"net"
	"sync"
)

type server struct {
	mu    sync.Mutex
	conns map[net.Conn]bool
}

// Kept in a set, from which Close closes it.
func (s *server) keep(addr string, buf []byte) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.conns[c] = true
	s.mu.Unlock()
	for {
		if _, err := c.Read(buf); err != nil {
			return err
		}
	}
}

func (s *server) Close() {
	for c := range s.conns {
		c.Close()
	}
}

// Closed when the context ends.
func closedByContext(ctx context.Context, addr string, buf []byte) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	for {
		if _, err := c.Read(buf); err != nil {
			return err
		}
	}
}

// The caller may close it.
func Read(c net.Conn, buf []byte) error {
	for {
		if _, err := c.Read(buf); err != nil {
			return err
		}
	}
}

func readAll(c net.Conn, buf []byte) error {
	for {
		if _, err := c.Read(buf); err != nil {
			return err
		}
	}
}

func keepsConn(addr string, register func(net.Conn)) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	register(c)
	return readAll(c, make([]byte, 64))
}

// One answer.
func once(addr string, buf []byte) (int, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	return c.Read(buf)
}

func passedOn(addr string, watch func(net.Conn), buf []byte) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	go watch(c)
	for {
		if _, err := c.Read(buf); err != nil {
			return err
		}
	}
}
