package condwait

import "sync"

// A logbook that is cut back to an earlier page: nobody waits for fewer pages.
type logbook struct {
	mu      sync.Mutex
	written *sync.Cond
	page    int
}

func NewLogbook(page int) *logbook {
	l := &logbook{}
	l.written = sync.NewCond(&l.mu)
	l.turn(page)
	return l
}

func (l *logbook) Write(page int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.page = page
	l.written.Broadcast()
}

func (l *logbook) Tear(page int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if page < l.page {
		l.page = page
	}
}

func (l *logbook) Rewind(page int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.page = page
}

// Before anybody has the book, nobody waits.
func (l *logbook) turn(page int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if page <= l.page {
		return
	}
	l.page = page
}

func (l *logbook) Read(page int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.page < page {
		l.written.Wait()
	}
}

// A beacon that a helper opens: of those who call it, one wakes, and the others only shut it.
type beacon struct {
	mu    sync.Mutex
	free  *sync.Cond
	shut  bool
	fault error
}

func NewBeacon() *beacon {
	b := &beacon{}
	b.free = sync.NewCond(&b.mu)
	return b
}

func (b *beacon) set(shut bool, fault error) {
	b.shut = shut
	b.fault = fault
}

func (b *beacon) Shut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set(true, nil)
}

func (b *beacon) Open(fault error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set(false, fault)
	b.free.Broadcast()
}

func (b *beacon) Await() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.shut {
		if b.fault != nil {
			return b.fault
		}
		b.free.Wait()
	}
	return nil
}

// A spare beacon is changed before others get it.
func SpareBeacon() *beacon {
	b := NewBeacon()
	b.mu.Lock()
	b.shut = false
	b.mu.Unlock()
	return b
}

// Whoever looks at the beacon shuts it for that time; at the end all learn of it.
func (b *beacon) Inspect(look func()) {
	defer b.free.Broadcast()
	b.mu.Lock()
	b.shut = true
	b.mu.Unlock()
	look()
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.shut = false
	}()
}
