package blockingunderlock

import "sync"

type ledger struct {
	mu      sync.Mutex
	failed  int
	entries chan string
	over    chan struct{}
	write   func(string) error
}

func openLedger(write func(string) error) *ledger {
	l := &ledger{entries: make(chan string), over: make(chan struct{}), write: write}
	go l.run()
	return l
}

func (l *ledger) run() {
	defer close(l.over)
	for e := range l.entries {
		if err := l.write(e); err != nil {
			l.mu.Lock()
			l.failed++
			l.mu.Unlock()
		}
	}
}

// The one before may still be on its way.
func (l *ledger) Enter(e string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries <- e // want hint "this send on `l.entries` may wait for ever while `l.mu` is held"
}

func (l *ledger) Close() int {
	close(l.entries)
	<-l.over
	return l.failed
}
