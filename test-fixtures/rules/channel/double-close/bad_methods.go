package doubleclose

import "sync"

// Mirror copies pages until it fails or is stopped.
type Mirror struct {
	copyPage func(page string) error
	pages    chan string
	halt     chan struct{}
	done     chan struct{}

	mu  sync.Mutex
	err error
}

// NewMirror starts to copy.
func NewMirror(copyPage func(page string) error) *Mirror {
	m := &Mirror{copyPage: copyPage, pages: make(chan string), halt: make(chan struct{}), done: make(chan struct{})}
	go m.run()
	return m
}

func (m *Mirror) run() {
	defer close(m.done)
	for {
		select {
		case page := <-m.pages:
			if err := m.copyPage(page); err != nil {
				m.fail(err)
				return
			}
		case <-m.halt:
			return
		}
	}
}

func (m *Mirror) fail(err error) {
	m.mu.Lock()
	m.err = err
	m.mu.Unlock()
	close(m.halt) // want "double-close"
}

// Put hands a page over, unless the mirror has ended.
func (m *Mirror) Put(page string) bool {
	select {
	case m.pages <- page:
		return true
	case <-m.halt:
		return false
	}
}

// Stop ends the copying, which may have failed before.
func (m *Mirror) Stop() error {
	close(m.halt) // want "double-close"
	<-m.done
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err
}
