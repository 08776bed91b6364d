package apart

import "sync"

type shelf struct {
	mu     sync.Mutex
	more   *sync.Cond
	books  []string
	closed bool
}

func newShelf() *shelf {
	s := &shelf{}
	s.more = sync.NewCond(&s.mu)
	return s
}

func (s *shelf) put(book string) {
	s.mu.Lock()
	s.books = append(s.books, book)
	s.mu.Unlock()
	s.more.Signal()
}

func (s *shelf) end() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.more.Broadcast()
}

// A book without a title ends it, and nobody hears of that.
func (s *shelf) fill(books []string) {
	for _, b := range books {
		if b == "" {
			return
		}
		s.put(b)
	}
	s.end()
}

func filled() (all []string) {
	s := newShelf()
	go s.fill([]string{"a", "", "b"})
	for b, ok := s.take(); ok; b, ok = s.take() {
		all = append(all, b)
	}
	return all
}

type tray struct {
	mu     sync.Mutex
	come   *sync.Cond
	cups   []string
	closed bool
}

func newTray() *tray {
	t := new(tray)
	t.come = sync.NewCond(&t.mu)
	return t
}

func (t *tray) put(cup string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cups = append(t.cups, cup)
	t.come.Signal()
}

// Who waits is not told.
func (t *tray) close() {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
}

func serve(cups []string, drink func(string)) {
	t := newTray()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			cup, ok := t.take()
			if !ok {
				return
			}
			drink(cup)
		}
	}()
	for _, c := range cups {
		t.put(c)
	}
	t.close()
	<-done
}
