package wake

import "sync"

type mailbox struct {
	mu      sync.Mutex
	arrived *sync.Cond
	letters []string
	closed  bool
}

func newMailbox() *mailbox {
	m := new(mailbox)
	m.arrived = sync.NewCond(&m.mu)
	return m
}

func (m *mailbox) put(letter string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.letters = append(m.letters, letter)
	m.arrived.Signal()
}

func (m *mailbox) take() (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.letters) == 0 {
		if m.closed {
			return "", false
		}
		m.arrived.Wait() // want "cond-wait"
	}
	letter := m.letters[0]
	m.letters = m.letters[1:]
	return letter, true
}

// Who waits is not told.
func (m *mailbox) close() {
	m.mu.Lock()
	m.closed = true // There are no more.
	m.mu.Unlock()
}

func deliver(letters []string, read func(string)) {
	m := newMailbox()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			letter, ok := m.take()
			if !ok {
				return
			}
			read(letter)
		}
	}()
	for _, l := range letters {
		m.put(l)
	}
	m.close()
	<-done
}
