package leaky

import (
	"errors"
	"sync"
	"time"
)

// ErrBusy says that no connection became free in time.
var ErrBusy = errors.New("all connections are in use")

// Conn is a connection of a pool.
type Conn struct{ ID int }

// Pool has a limited number of connections.
type Pool struct {
	limit int

	mu      sync.Mutex
	opened  int
	idle    []*Conn
	waiters []chan *Conn
}

// NewPool gives a pool of at most limit connections.
func NewPool(limit int) *Pool {
	return &Pool{limit: limit}
}

func (p *Pool) tryGet() (conn *Conn, slot chan *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.idle); n > 0 {
		conn = p.idle[n-1]
		p.idle = p.idle[:n-1]
		return conn, nil
	}
	if p.opened < p.limit {
		p.opened++
		return &Conn{ID: p.opened}, nil
	}
	slot = make(chan *Conn)
	p.waiters = append(p.waiters, slot)
	return nil, slot
}

// Get gives a connection, if need be when another one has been put back.
func (p *Pool) Get(patience time.Duration) (*Conn, error) {
	conn, slot := p.tryGet()
	if conn != nil {
		return conn, nil
	}
	select {
	case conn = <-slot:
		return conn, nil
	case <-time.After(patience):
		return nil, ErrBusy
	}
}

// Put gives a connection back.
func (p *Pool) Put(conn *Conn) {
	p.mu.Lock()
	if len(p.waiters) == 0 {
		p.idle = append(p.idle, conn)
		p.mu.Unlock()
		return
	}
	slot := p.waiters[0]
	p.waiters = p.waiters[1:]
	p.mu.Unlock()
	slot <- conn // blocked: abandoned-send
}
