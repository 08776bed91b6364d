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
	l.entries <- e // want "this send on `l.entries` may wait for ever while `l.mu` is held"
}

func (l *ledger) Close() int {
	close(l.entries)
	<-l.over
	return l.failed
}

// Readers are started one by one, and each of them tells the library what it has read.
type library struct {
	mu      sync.Mutex
	readers map[string]*reader
	read    map[string]int
}

type reader struct {
	name  string
	of    *library
	pages chan int
}

func newLibrary() *library {
	return &library{readers: map[string]*reader{}, read: map[string]int{}}
}

func (l *library) Join(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.readers[name] != nil {
		return
	}
	r := &reader{name: name, of: l, pages: make(chan int)}
	l.readers[name] = r
	go r.run()
}

func (r *reader) run() {
	for page := range r.pages {
		r.of.note(r.name, page)
	}
}

func (l *library) note(name string, page int) {
	l.mu.Lock()
	l.read[name] = page
	l.mu.Unlock()
}

func (l *library) Turn(page int) {
	l.mu.Lock()
	for _, r := range l.readers {
		r.pages <- page // want "this send on `r.pages` may wait for ever while `l.mu` is held"
	}
	l.mu.Unlock()
}
