package apart

import (
	"context"
	"net"
)

func NewPress(sheets int, print func(string)) *Press {
	p := &Press{sheets: make(chan string, sheets), print: print}
	go p.run() // want "once `p.sheets` is closed, its loop on line \\d+ .`loops.go`."
	return p
}

func (p *Press) Close() { close(p.sheets) }

func ListenAt(addr string, parse func([]byte) bool) (*Ear, error) {
	conn, err := net.ListenPacket("udp", addr)
	if err != nil {
		return nil, err
	}
	e := &Ear{conn: conn, parse: parse}
	go e.hear() // want "goroutine-never-exits: .*waits for `e.conn.ReadFrom`"
	return e, nil
}

func (e *Ear) Close() error { return e.conn.Close() }

func NewDesk() *Desk {
	d := &Desk{letters: make(chan string), parcels: make(chan string), shut: make(chan struct{})}
	go d.readLetters()
	go d.readParcels() // want "goroutine-never-exits: .*waits for `<-d.parcels`"
	return d
}

func (d *Desk) Close() { close(d.shut) }

func (l *link) Background(ctx context.Context) <-chan error {
	res := make(chan error, 1)
	go func() { res <- l.hold(ctx) }() // want "the `select {}` on line \\d+ .`loops.go`. waits for nothing"
	return res
}
