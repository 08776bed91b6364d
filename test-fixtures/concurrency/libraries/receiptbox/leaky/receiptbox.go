// Package leaky prints receipts and may keep a copy of each.
package leaky

import (
	"io"
	"sync"
)

// Options of a printer.
type Options struct {
	Copies io.Writer
	Room   int
}

// Printer prints one receipt after the other.
type Printer struct {
	paper    io.Writer
	receipts chan string
	copies   chan string
	running  sync.WaitGroup
}

// NewPrinter starts a printer.
func NewPrinter(paper io.Writer, options Options) *Printer {
	p := &Printer{paper: paper, receipts: make(chan string, options.Room)}
	if options.Copies != nil {
		p.copies = make(chan string, options.Room)
		p.running.Add(1)
		go p.keep(options.Copies)
	}
	p.running.Add(1)
	go p.run()
	return p
}

func (p *Printer) keep(to io.Writer) {
	defer p.running.Done()
	for receipt := range p.copies {
		_, _ = io.WriteString(to, receipt)
	}
}

func (p *Printer) run() {
	defer p.running.Done()
	for receipt := range p.receipts {
		p.print(receipt)
	}
	if p.copies != nil {
		close(p.copies)
	}
}

func (p *Printer) print(receipt string) {
	if _, err := io.WriteString(p.paper, receipt); err != nil {
		return
	}
	p.copies <- receipt // blocked: nil-channel
}

// Print queues a receipt.
func (p *Printer) Print(receipt string) { p.receipts <- receipt }

// Close prints what is queued.
func (p *Printer) Close() {
	close(p.receipts)
	p.running.Wait()
}
