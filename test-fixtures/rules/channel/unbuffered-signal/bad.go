package unbufferedsignal

import (
	"context"
	"os"
	"os/signal"
	sig "os/signal"
	"syscall"
)

func wait() {
	interrupts := make(chan os.Signal)
	signal.Notify(interrupts, os.Interrupt) // want "unbuffered-signal: `interrupts` is unbuffered and `signal.Notify` does not wait"
	<-interrupts
}

func zero() {
	hup := make(chan os.Signal, 0)
	sig.Notify(hup, syscall.SIGHUP) // want "`hup` is unbuffered"
	go func() {
		for range hup {
		}
	}()
}

func declared(ctx context.Context) {
	var ch = make(chan os.Signal)
	signal.Notify(ch, os.Interrupt, syscall.SIGTERM) // want "`ch` is unbuffered"
	defer signal.Stop(ch)
	select {
	case <-ch:
	case <-ctx.Done():
	}
}

func later() {
	var ch chan os.Signal
	ch = make(chan os.Signal)
	signal.Notify(ch, os.Interrupt) // want "`ch` is unbuffered"
	<-ch
}

var shutdown = make(chan os.Signal)

func install() {
	signal.Notify(shutdown, os.Interrupt) // want "`shutdown` is unbuffered"
}

type daemon struct {
	signals chan os.Signal
}

func (d *daemon) listen() {
	d.signals = make(chan os.Signal)
	signal.Notify(d.signals, syscall.SIGUSR1) // want "`d.signals` is unbuffered"
}

// What follows the select is done for a signal.
func noticed(done <-chan struct{}, reload func()) {
	signals := make(chan os.Signal)
	signal.Notify(signals, syscall.SIGHUP) // want "`signals` is unbuffered"
	for {
		select {
		case <-done:
			return
		case <-signals:
		}
		reload()
	}
}

// Signals are there to be ignored: one that is lost is ignored, too.
func ignored(done <-chan struct{}) {
	signals := make(chan os.Signal)
	signal.Notify(signals, os.Interrupt) // want hint "`signals` is unbuffered"
	defer signal.Stop(signals)
	for {
		select {
		case <-done:
			return
		case <-signals:
		}
	}
}

// One channel, one finding. The parentheses keep go vet from saying it again.
func forEach() os.Signal {
	pending := make(chan os.Signal)
	signal.Notify(pending, syscall.SIGTERM) // want "unbuffered-signal: `pending` is unbuffered"
	signal.Notify((pending), syscall.SIGHUP)
	signal.Notify((pending), syscall.SIGINT)
	return <-pending
}

// What is registered in one function is made in another.
type listener struct {
	hangups chan os.Signal
	quits   <-chan struct{}
	reads   int
}

func newListener(quits <-chan struct{}) *listener {
	return &listener{hangups: make(chan os.Signal), quits: quits}
}

type console struct{ input *listener }

func (c *console) attach() {
	signal.Notify(c.input.hangups, syscall.SIGHUP) // want "`c.input.hangups` is unbuffered"
}

func (c *console) reread(load func() int) {
	for {
		select {
		case <-c.input.hangups:
			c.input.reads = load()
		case <-c.input.quits:
			return
		}
	}
}

type winch struct{ resized chan os.Signal }

func (w *winch) open() {
	resized := make(chan os.Signal)
	w.resized = resized
}

func (w *winch) listen() {
	signal.Notify(w.resized, syscall.SIGUSR2) // want "`w.resized` is unbuffered"
}
