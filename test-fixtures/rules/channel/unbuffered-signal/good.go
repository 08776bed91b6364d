package unbufferedsignal

import (
	"os"
	"os/signal"
	"syscall"
)

func buffered() {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt)
	<-ch
}

func sized(n int) {
	ch := make(chan os.Signal, n)
	signal.Notify(ch, os.Interrupt)
	<-ch
}

func parameter(ch chan os.Signal) {
	signal.Notify(ch, os.Interrupt)
}

func fromCall(subscribe func() chan os.Signal) {
	ch := subscribe()
	signal.Notify(ch, os.Interrupt)
	<-ch
}

func replaced(quiet bool) {
	var ch chan os.Signal
	if quiet {
		ch = make(chan os.Signal, 1)
	} else {
		ch = make(chan os.Signal, 4)
	}
	signal.Notify(ch, os.Interrupt)
	<-ch
}

var spare = make(chan os.Signal, 2)

func packageLevel() {
	signal.Notify(spare, os.Interrupt)
}

type bus struct{}

func (bus) Notify(chan os.Signal) {}

func otherNotify(b bus) {
	ch := make(chan os.Signal)
	b.Notify(ch)
	<-ch
}

func shadowed() {
	shutdown := make(chan os.Signal, 1)
	signal.Notify(shutdown, os.Interrupt)
	<-shutdown
}

// Nobody can receive from this channel: the call only keeps the signal from ending the process.
func keepAlive() {
	signal.Notify(make(chan os.Signal), syscall.SIGPIPE)
}

type mailbox struct {
	deep  chan os.Signal
	twice chan os.Signal
	taken chan os.Signal
	Open  chan os.Signal
}

func newMailbox(taken chan os.Signal) *mailbox {
	return &mailbox{
		deep:  make(chan os.Signal, 4),
		twice: make(chan os.Signal),
		taken: taken,
		Open:  make(chan os.Signal),
	}
}

func (m *mailbox) widen() {
	m.twice = make(chan os.Signal, 8)
}

func (m *mailbox) register() {
	signal.Notify(m.deep, os.Interrupt)
	// It may be the wide one by now.
	signal.Notify(m.twice, os.Interrupt)
	signal.Notify(m.taken, os.Interrupt)
	// Another package may have set it.
	signal.Notify(m.Open, os.Interrupt)
}
