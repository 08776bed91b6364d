package network

import (
	"log"
	"net"
	"sync/atomic"
	"time"
)

// Receiver closes its connection, and its goroutine goes on reading from it.
type Receiver struct {
	conn  net.PacketConn
	lost  atomic.Int64
	parse func([]byte) bool
}

func Listen(addr string, parse func([]byte) bool) (*Receiver, error) {
	conn, err := net.ListenPacket("udp", addr)
	if err != nil {
		return nil, err
	}
	r := &Receiver{conn: conn, parse: parse}
	go r.read() // want "waits for `r.conn.ReadFrom` again and again and has no way out"
	return r, nil
}

func (r *Receiver) read() {
	buf := make([]byte, 1<<16)
	for {
		n, _, err := r.conn.ReadFrom(buf)
		if err != nil {
			log.Printf("read: %v", err)
			r.lost.Add(1)
			continue
		}
		if !r.parse(buf[:n]) {
			r.lost.Add(1)
		}
	}
}

func (r *Receiver) Close() error { return r.conn.Close() }

type Gate struct{ handle func(net.Conn) }

func (g *Gate) Start(listener net.Listener) {
	go func() { // want "waits for `listener.Accept` again and again and has no way out"
		for {
			conn, err := listener.Accept()
			if err != nil {
				time.Sleep(50 * time.Millisecond)
				continue
			}
			g.handle(conn)
		}
	}()
}

func (g *Gate) Close() {}

// Nothing closes this one: a test would change nothing.
type Beacon struct{ conn net.Conn }

func NewBeacon(conn net.Conn) *Beacon {
	b := &Beacon{conn: conn}
	go b.listen() // want "waits for `b.conn.Read` again"
	return b
}

func (b *Beacon) listen() {
	var buf [8]byte
	for {
		_, err := b.conn.Read(buf[:])
		if err != nil {
			continue
		}
	}
}

func (b *Beacon) Stop() {}
