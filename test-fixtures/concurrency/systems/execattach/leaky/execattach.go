// Package leaky runs a container's process and waits for its streams before it reports the exit.
package leaky

import (
	"errors"
	"fmt"
	"sync"
)

var errExited = errors.New("process has exited")

type streams struct {
	mu      sync.Mutex
	onClose map[string]func()
}

func newStreams() *streams {
	return &streams{onClose: make(map[string]func())}
}

func (s *streams) register(name string, closed func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.onClose[name] = closed
}

func (s *streams) closeAll() {
	s.mu.Lock()
	callbacks := s.onClose
	s.onClose = make(map[string]func())
	s.mu.Unlock()
	for _, closed := range callbacks {
		closed()
	}
}

type process struct {
	streams *streams

	mu      sync.Mutex
	exited  bool
	status  int
	clients []string
	copying sync.WaitGroup
}

func (p *process) attach(client string, names ...string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.exited {
		return fmt.Errorf("attach %s: %w", client, errExited)
	}
	p.clients = append(p.clients, client)
	for _, name := range names {
		p.copying.Add(1)
		p.streams.register(name, p.copying.Done)
	}
	return nil
}

func (p *process) exit(status int) {
	p.mu.Lock()
	p.exited, p.status = true, status
	p.mu.Unlock()
	p.streams.closeAll()
}

func (p *process) wait() int {
	p.copying.Wait() // blocked: waitgroup-missing-done
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Run attaches twice to a process that then ends.
func Run() {
	p := &process{streams: newStreams()}
	if p.attach("shell", "stdin", "stdout") != nil {
		return
	}
	if p.attach("logger", "stdout", "stderr") != nil {
		return
	}
	p.exit(0)
	p.wait()
}
