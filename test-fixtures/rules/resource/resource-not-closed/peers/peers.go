package peers

import (
	"net"
	"os"
)

// A peer is somebody at the other end.
type peer struct {
	addr string
	conn net.Conn
}

func call(addr string) (*peer, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &peer{addr: addr, conn: conn}, nil
}

func (p *peer) hangUp() { p.conn.Close() }

type exchange struct {
	peers map[string]*peer
	book  *os.File
}

func (e *exchange) Connect(name, addr string) error {
	if p, ok := e.peers[name]; ok && p.addr == addr {
		return nil
	}
	p, err := call(addr) // want "what `e.peers\\[name\\]` held until here stays open: `Connect` puts another one in its place"
	if err != nil {
		return err
	}
	e.peers[name] = p
	return nil
}

func (e *exchange) Drop(name string) {
	if p, ok := e.peers[name]; ok {
		p.hangUp()
		delete(e.peers, name)
	}
}

func (e *exchange) Open(name string) error {
	if e.book != nil && e.book.Name() == name {
		return nil
	}
	f, err := os.Open(name) // want "what `e.book` held until here stays open: `Open` puts"
	if err != nil {
		return err
	}
	e.book = f
	return nil
}

func (e *exchange) Close() {
	if e.book != nil {
		e.book.Close()
	}
	for name := range e.peers {
		e.Drop(name)
	}
}

type board struct{ book *os.File }

func (b *board) Open(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if b.book != nil {
		b.book.Close()
	}
	b.book = f
	return nil
}

func (b *board) Close() {
	if b.book != nil {
		b.book.Close()
	}
}
