// Package leaky writes the frames of many streams to one connection.
package leaky

import (
	"encoding/binary"
	"errors"
	"io"
	"sync"
)

// ErrClosed is returned when frames are sent on a closed connection.
var ErrClosed = errors.New("connection closed")

const maxQueued = 2

type frame struct {
	stream  uint32
	payload []byte
}

// Conn is the sending half of a connection.
type Conn struct {
	wire  io.Writer
	queue chan frame
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once

	mu  sync.Mutex
	err error
}

// NewConn returns a connection whose frames go to a writer.
func NewConn(wire io.Writer) *Conn {
	c := &Conn{
		wire:  wire,
		queue: make(chan frame, maxQueued),
		quit:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	go c.writeLoop()
	return c
}

func (c *Conn) writeLoop() {
	defer close(c.done)
	for {
		select {
		case f := <-c.queue:
			if err := c.write(f); err != nil {
				c.fail(err)
				return
			}
		case <-c.quit:
			c.fail(ErrClosed)
			return
		}
	}
}

func (c *Conn) write(f frame) error {
	header := make([]byte, 8, 8+len(f.payload))
	binary.BigEndian.PutUint32(header, f.stream)
	binary.BigEndian.PutUint32(header[4:], uint32(len(f.payload)))
	_, err := c.wire.Write(append(header, f.payload...))
	return err
}

func (c *Conn) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
	}
}

// Err returns why the connection takes no more frames.
func (c *Conn) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Send queues a frame.
func (c *Conn) Send(stream uint32, payload []byte) error {
	if err := c.Err(); err != nil {
		return err
	}
	c.queue <- frame{stream: stream, payload: payload} // blocked: producer-outlives-consumer|abandoned-send
	return nil
}

// Close ends the connection.
func (c *Conn) Close() error {
	c.once.Do(func() { close(c.quit) })
	<-c.done
	return c.Err()
}
