package surplussenders

import (
	"errors"
	"fmt"
)

// The usual number of relays.
const relayRoom = 2

func confirm(relay string, acks chan<- bool) {
	acks <- relay != "" // want "surplus-senders"
}

// The buffer is too small for as many as there may be.
func reachable(relays []string) bool {
	acks := make(chan bool, relayRoom)
	for _, relay := range relays {
		go confirm(relay, acks)
	}
	return <-acks
}

type printer struct {
	name string
	tray chan string
	off  chan struct{}
}

func (p *printer) run() error {
	select {
	case sheet := <-p.tray:
		return fmt.Errorf("%s on %s", sheet, p.name)
	case <-p.off:
		return errors.New(p.name)
	}
}

type office struct {
	printers []*printer
	failures chan error
}

func newOffice(printers []*printer) *office {
	return &office{
		printers: printers,
		failures: make(chan error, 1),
	}
}

// The channel is made where the printers are known by another name.
func (o *office) run() error {
	for _, p := range o.printers {
		go func() {
			o.failures <- p.run() // want "surplus-senders"
		}()
	}
	err := <-o.failures
	for _, p := range o.printers {
		close(p.off)
	}
	return err
}

func open() error {
	a := &printer{name: "a", tray: make(chan string), off: make(chan struct{})}
	b := &printer{name: "b", tray: make(chan string), off: make(chan struct{})}
	c := &printer{name: "c", tray: make(chan string), off: make(chan struct{})}
	o := newOffice([]*printer{a, b, c})
	go func() { a.tray <- "page" }()
	return o.run()
}
