package leaky

import "time"

// Drive puts a connection back for which nobody waits any more.
func Drive() {
	p := NewPool(1)
	conn, _ := p.Get(time.Second)
	_, _ = p.Get(10 * time.Millisecond)
	p.Put(conn)
	_, _ = p.Get(time.Second)
}
