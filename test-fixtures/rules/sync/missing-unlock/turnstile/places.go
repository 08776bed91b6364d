package turnstile

import "sync"

// Places bounds how many ships lie at each pier.
type Places struct {
	each  int
	mu    sync.Mutex
	piers map[string]chan struct{}
}

func (p *Places) of(pier string) chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.piers[pier]
	if !ok {
		c = make(chan struct{}, p.each)
		p.piers[pier] = c
	}
	return c
}

// Take waits for a place.
func (p *Places) Take(pier string) {
	p.of(pier) <- struct{}{}
}

// Leave gives a place back.
func (p *Places) Leave(pier string) {
	<-p.of(pier)
}

// Taken tells how many ships are there.
func (p *Places) Taken(pier string) int { return len(p.of(pier)) }

// Tugs are few.
type Tugs struct {
	free chan struct{}
}

// NewTugs has some.
func NewTugs(n int) *Tugs {
	return &Tugs{free: make(chan struct{}, n)}
}

// Hire waits for one.
func (t *Tugs) Hire() { t.free <- struct{}{} }

// Dismiss gives it back.
func (t *Tugs) Dismiss() { <-t.free }

// Signals are heard by a lookout; they are no places.
type Signals struct {
	horn chan struct{}
}

// Listen waits for the next signal.
func (s *Signals) Listen() {
	for range s.horn {
	}
}

// Blow gives one.
func (s *Signals) Blow() { s.horn <- struct{}{} }

// Mute takes one back.
func (s *Signals) Mute() { <-s.horn }
