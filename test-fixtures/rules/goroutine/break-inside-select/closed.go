package breakinside

import (
	"log"
	"time"
)

// The channel is closed and never sent on, whatever its type.
type poller struct {
	Closed chan bool
	over   chan error
	ready  chan bool
	acks   chan bool
}

func (p *poller) Start() {
	go p.poll()
	go p.follow(time.NewTicker(time.Second))
	go p.settle(make(chan func()))
	go p.collect(make(chan func()))
}

func (p *poller) Close() {
	close(p.Closed)
	close(p.over)
	close(p.ready)
}

func (p *poller) poll() {
	t := time.NewTimer(0)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			t.Reset(time.Second)
		case <-p.Closed:
			break // want "break-inside-select: this `break` leaves the `select`, not the loop on line 32: after `<-p.Closed` the loop goes round again and never ends"
		}
	}
}

func (p *poller) follow(t *time.Ticker) {
	for {
		select {
		case <-t.C:
			log.Print("tick")
		case err := <-p.over:
			log.Print(err)
			break // want "after `<-p.over` the loop goes round again and never ends"
		}
	}
}

// What it was closed for comes behind the select.
func (p *poller) settle(work chan func()) {
	for {
		var next func()
		select {
		case next = <-work:
		case <-p.ready:
			break
		}
		if next != nil {
			next()
		}
	}
}

// Somebody sends: each value is one of many.
func (p *poller) collect(work chan func()) {
	for {
		select {
		case f := <-work:
			f()
			p.acks <- true
		case <-p.acks:
			break
		}
	}
}

// A closed `readings` is ready in every turn, until `quit` is.
func collect(readings <-chan int, quit <-chan struct{}, put func(int)) {
	for {
		select {
		case r, ok := <-readings:
			if !ok {
				break // want "after `!ok` the loop goes round again and spins"
			}
			put(r)
		case <-quit:
			return
		}
	}
}

// From then on `readings` is never ready.
func collectRest(readings, rest <-chan int, quit <-chan struct{}, put func(int)) {
	for {
		select {
		case r, ok := <-readings:
			if !ok {
				break
			}
			put(r)
		case r, ok := <-rest:
			if !ok {
				readings = nil
				continue
			}
			put(r)
		case <-quit:
			return
		}
	}
}

// What comes behind looks for the end.
func collectUntil(readings <-chan int, quit <-chan struct{}, over func() bool, put func(int)) {
	for {
		select {
		case r, ok := <-readings:
			if !ok {
				break
			}
			put(r)
		case <-quit:
			return
		}
		if over() {
			return
		}
	}
}
