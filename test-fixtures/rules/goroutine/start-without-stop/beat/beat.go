// Package beat has workers for other packages.
package beat

import "sync"

// Sender delivers signs of life.
type Sender interface{ Send(name string) error }

// Beat sends signs of life while it runs.
type Beat struct {
	to   Sender
	quit chan struct{}
	ping chan string

	mu  sync.Mutex
	err error
}

// New returns a beat that does not run yet.
func New(to Sender) *Beat {
	return &Beat{to: to, quit: make(chan struct{}), ping: make(chan string)}
}

// Start begins to send.
func (b *Beat) Start() { go b.run() }

func (b *Beat) run() {
	for {
		select {
		case name := <-b.ping:
			b.note(b.to.Send(name))
		case <-b.quit:
			return
		}
	}
}

func (b *Beat) note(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
}

// Ping asks for a sign of life.
func (b *Beat) Ping(name string) { b.ping <- name }

// Err returns the first failure.
func (b *Beat) Err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// Stop ends it.
func (b *Beat) Stop() { close(b.quit) }

// Finish ends a beat and tells how it went.
func Finish(b *Beat) error {
	b.Stop()
	return b.Err()
}

var all []*Beat

// Kept returns a beat that StopAll ends.
func Kept(to Sender) *Beat {
	b := New(to)
	all = append(all, b)
	return b
}

// StopAll ends what Kept has returned.
func StopAll() {
	for _, b := range all {
		b.Stop()
	}
}

// Once sends a single sign of life.
type Once struct {
	to   Sender
	name string
	done chan struct{}
}

// NewOnce returns one that is not sent yet.
func NewOnce(to Sender, name string) *Once {
	return &Once{to: to, name: name, done: make(chan struct{})}
}

// Start sends it.
func (o *Once) Start() {
	go func() {
		defer close(o.done)
		_ = o.to.Send(o.name)
	}()
}

// Stop waits until it is sent.
func (o *Once) Stop() { <-o.done }
