package apart

import (
	"context"
	"log"
	"net"
)

// Press prints what it gets.
type Press struct {
	sheets chan string
	print  func(string)
}

func (p *Press) run() {
	for {
		s := <-p.sheets
		if s == "" {
			continue
		}
		p.print(s)
	}
}

func (p *Press) Print(sheet string) { p.sheets <- sheet }

// Ear hears what is sent to it.
type Ear struct {
	conn  net.PacketConn
	parse func([]byte) bool
	wrong int
}

func (e *Ear) hear() {
	buf := make([]byte, 1<<16)
	for {
		n, _, err := e.conn.ReadFrom(buf)
		if err != nil {
			log.Printf("hear: %v", err)
			continue
		}
		if !e.parse(buf[:n]) {
			e.wrong++
		}
	}
}

// Desk has two goroutines, and one of them does not look at shut.
type Desk struct {
	letters chan string
	parcels chan string
	shut    chan struct{}
}

func (d *Desk) readLetters() {
	for {
		select {
		case l := <-d.letters:
			println(l)
		case <-d.shut:
			return
		}
	}
}

func (d *Desk) readParcels() {
	for {
		select {
		case p := <-d.parcels:
			println(p)
		}
	}
}

func (d *Desk) Letter(text string) {
	select {
	case d.letters <- text:
	case <-d.shut:
	}
}

func (d *Desk) Parcel(text string) {
	select {
	case d.parcels <- text:
	case <-d.shut:
	}
}

type link struct {
	open func(ctx context.Context) error
}

func (l *link) hold(ctx context.Context) error {
	if err := l.open(ctx); err != nil {
		return err
	}
	select {}
}
