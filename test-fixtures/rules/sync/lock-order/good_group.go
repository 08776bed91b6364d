package lockorder

import "sync"

// Goroutines of a group that is not seen: the next one is started when the channel of the last one is closed.
type starter interface{ Go(func()) }

type mailbox struct {
	names sync.Mutex
	flags sync.Mutex
	group starter
	lines chan string
}

func (m *mailbox) Serve() {
	for line := range m.lines {
		for range m.handle(line) {
		}
	}
}

func (m *mailbox) handle(line string) <-chan string {
	answers := make(chan string, 8)
	m.group.Go(func() {
		defer close(answers)
		if line == "rename" {
			m.rename()
		} else {
			m.mark()
		}
	})
	return answers
}

func (m *mailbox) rename() {
	m.names.Lock()
	defer m.names.Unlock()
	m.flags.Lock()
	defer m.flags.Unlock()
}

func (m *mailbox) mark() {
	m.flags.Lock()
	defer m.flags.Unlock()
	m.names.Lock()
	defer m.names.Unlock()
}
