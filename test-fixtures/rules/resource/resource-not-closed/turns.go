package resourcenotclosed

import (
	"log"
	"net"
	"time"
)

type gatekeeper struct {
	most, open int
	serve      func(net.Conn) error
	kept       []net.Conn
}

// One branch hands the connection on: a release at its end would be one too many.
func (g *gatekeeper) accept(l net.Listener) {
	for {
		conn, err := l.Accept() // want "`conn` is not closed before `l.Accept` runs again"
		if err != nil {
			log.Print(err)
			continue
		}
		if g.open >= g.most {
			conn.Close()
		} else {
			log.Print("accepted")
			if g.serve != nil {
				if err := g.serve(conn); err != nil {
					log.Print(err)
				}
			}
		}
	}
}

// The way on which it is kept comes to the same branch.
func (g *gatekeeper) dial(addrs []string, keep func(net.Addr) bool) {
	for _, addr := range addrs {
		conn, err := net.DialTimeout("tcp", addr, time.Second) // want "`conn` is not closed before `net.DialTimeout` runs again"
		if err != nil {
			continue
		}
		if keep(conn.LocalAddr()) {
			g.kept = append(g.kept, conn)
		}
		if g.open > 0 {
			log.Print("dialled ", addr)
			continue
		}
	}
}
