// Package fixed forwards what happens to containers to a remote listener.
package fixed

import (
	"errors"
	"sync"
)

// ErrClosed is returned by a forwarder that is closed.
var ErrClosed = errors.New("forwarder closed")

const (
	queueSize   = 4
	maxAttempts = 3
)

// Listener is told of events.
type Listener interface {
	Forward(topic, container string) error
}

type event struct {
	topic     string
	container string
	attempts  int
}

// Forwarder sends events in the background.
type Forwarder struct {
	remote  Listener
	queue   chan *event
	closing chan struct{}
	once    sync.Once

	mu      sync.Mutex
	dropped int
}

// NewForwarder starts a forwarder.
func NewForwarder(remote Listener) *Forwarder {
	f := &Forwarder{
		remote:  remote,
		queue:   make(chan *event, queueSize),
		closing: make(chan struct{}),
	}
	go f.run()
	return f
}

// Publish queues an event.
func (f *Forwarder) Publish(topic, container string) error {
	select {
	case f.queue <- &event{topic: topic, container: container}:
		return nil
	case <-f.closing:
		return ErrClosed
	}
}

func (f *Forwarder) run() {
	for {
		select {
		case e := <-f.queue:
			if err := f.remote.Forward(e.topic, e.container); err != nil {
				f.retry(e)
			}
		case <-f.closing:
			return
		}
	}
}

func (f *Forwarder) retry(e *event) {
	e.attempts++
	if e.attempts >= maxAttempts {
		f.drop()
		return
	}
	select {
	case f.queue <- e:
	default:
		f.drop()
	}
}

func (f *Forwarder) drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dropped++
}

// Dropped returns how many events were given up.
func (f *Forwarder) Dropped() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dropped
}

// Close ends the forwarder.
func (f *Forwarder) Close() {
	f.once.Do(func() { close(f.closing) })
}
