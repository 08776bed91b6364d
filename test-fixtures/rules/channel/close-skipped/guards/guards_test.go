package guards

import (
	"errors"
	"sync"
	"testing"
)

// Whoever comes to the end a second time finds it done: a deferred close would close twice.
type printer struct {
	mu     sync.Mutex
	ready  bool
	closed bool
	pages  chan string
	lines  int
}

var errNotReady = errors.New("not ready")

func newPrinter() *printer {
	p := &printer{pages: make(chan string, 4)}
	go p.print()
	return p
}

func (p *printer) print() {
	for page := range p.pages { // want "close-skipped: this loop waits until `p.pages` is closed"
		p.lines += len(page)
	}
}

func (p *printer) Open() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready = true
}

func (p *printer) Print(page string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ready || p.closed {
		return errNotReady
	}
	select {
	case p.pages <- page:
	default:
	}
	return nil
}

func (p *printer) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ready || p.closed {
		return
	}
	p.closed = true
	close(p.pages)
}

func TestClose(t *testing.T) {
	for _, open := range []bool{true, false} {
		p := newPrinter()
		if open {
			p.Open()
		}
		if err := p.Print("title"); open != (err == nil) {
			t.Fatal(err)
		}
		p.Close()
	}
}
