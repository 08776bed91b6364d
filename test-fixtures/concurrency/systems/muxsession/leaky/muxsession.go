// Package leaky carries many streams over one connection.
package leaky

import (
	"errors"
	"sync"
)

var errClosed = errors.New("session is closed")

type connection struct {
	mu      sync.Mutex
	closed  bool
	onClose []func()
}

func (c *connection) notify(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onClose = append(c.onClose, f)
}

func (c *connection) close() {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	c.closed = true
	callbacks := c.onClose
	c.mu.Unlock()
	for _, f := range callbacks {
		f()
	}
}

type session struct {
	conn  *connection
	ended sync.Once

	mu      sync.Mutex
	streams map[int]chan []byte
	err     error
}

func newSession(conn *connection) *session {
	s := &session{conn: conn, streams: make(map[int]chan []byte)}
	conn.notify(s.close)
	return s
}

func (s *session) accept(id int) (<-chan []byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	s.streams[id] = make(chan []byte, 4)
	return s.streams[id], nil
}

func (s *session) close() {
	s.ended.Do(s.shutdown) // blocked: once-recursion
}

func (s *session) shutdown() {
	s.mu.Lock()
	s.err = errClosed
	for id, stream := range s.streams {
		close(stream)
		delete(s.streams, id)
	}
	s.mu.Unlock()
	s.conn.close()
}

// Run closes one session because its connection is lost, and one by itself.
func Run() {
	lost, healthy := new(connection), new(connection)
	for _, conn := range []*connection{lost, healthy} {
		s := newSession(conn)
		data, err := s.accept(1)
		if err != nil {
			return
		}
		var reader sync.WaitGroup
		reader.Go(func() {
			for range data {
			}
		})
		if conn == lost {
			conn.close()
		} else {
			s.close()
		}
		reader.Wait()
	}
}
