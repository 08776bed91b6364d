package receivewithoutsender

import (
	"context"
	"time"
)

// Tokens are handed out while a context lasts; who waits for one has it, too.
type Tokens struct{ free chan struct{} }

func NewTokens(ctx context.Context, burst int, pace time.Duration) *Tokens {
	t := &Tokens{free: make(chan struct{}, burst)}
	go t.fill(ctx, pace)
	return t
}

func (t *Tokens) fill(ctx context.Context, pace time.Duration) {
	ticks := time.NewTicker(pace)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			select {
			case t.free <- struct{}{}:
			default:
			}
		}
	}
}

// Take takes n tokens.
func (t *Tokens) Take(ctx context.Context, n int) error {
	for range n {
		<-t.free // want "receive-without-sender: this receive from `t.free` may wait for ever"
	}
	return nil
}

// Printer is told when its loop has ended, but only has one where it is to print regularly: waiting less long does not help.
type Printer struct {
	pages chan string
	ended chan struct{}
}

type Options struct{ Every time.Duration }

func NewPrinter(o Options) *Printer {
	p := &Printer{pages: make(chan string, 8), ended: make(chan struct{})}
	if o.Every > 0 {
		go p.loop()
	}
	return p
}

func (p *Printer) loop() {
	defer close(p.ended)
	for page := range p.pages {
		println(page)
	}
}

func (p *Printer) Close(ctx context.Context) error {
	close(p.pages)
	<-p.ended // want "receive-without-sender: this receive from `p.ended` may wait for ever"
	return ctx.Err()
}
