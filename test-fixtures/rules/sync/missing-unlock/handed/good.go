package handed

import "sync"

// Every way unlocks.
type stall struct {
	mu   sync.Mutex
	rev  int
	sold int
}

type market struct{ stalls map[string]*stall }

func (m *market) claim(name string, rev int) (*stall, error) {
	s := m.stalls[name]
	if s == nil {
		return nil, errTaken
	}
	s.mu.Lock()
	if s.rev != rev {
		s.mu.Unlock()
		return nil, errTaken
	}
	return s, nil
}

func (s *stall) sell() {
	s.sold++
	s.mu.Unlock()
}

// Whoever calls it has the value, and unlocks it in any case.
type chest struct {
	mu   sync.Mutex
	full bool
}

func (c *chest) grab() (*chest, error) {
	c.mu.Lock()
	if c.full {
		return nil, errTaken
	}
	return c, nil
}

func (c *chest) drop() { c.mu.Unlock() }

func fill(c *chest) error {
	_, err := c.grab()
	defer c.drop()
	return err
}

// The error has the value with it.
type pier struct {
	mu   sync.Mutex
	busy bool
}

type pierError struct{ pier *pier }

func (e *pierError) Error() string { return "busy" }

func (e *pierError) Release() { e.pier.mu.Unlock() }

type port struct{ piers map[int]*pier }

func (p *port) dock(n int) (*pier, error) {
	x := p.piers[n]
	x.mu.Lock()
	if x.busy {
		return nil, &pierError{pier: x}
	}
	return x, nil
}

func (x *pier) leave() { x.mu.Unlock() }

// Another method of the store unlocks, too.
type Press struct {
	mu  sync.Mutex
	hot bool
}

type Sheet struct{ press *Press }

func (p *Press) Load() (*Sheet, error) {
	p.mu.Lock()
	if p.hot {
		return nil, errTaken
	}
	return &Sheet{press: p}, nil
}

func (s *Sheet) Done() { s.press.mu.Unlock() }

// Reset is for those to whom Load has given none.
func (p *Press) Reset() {
	p.hot = false
	p.mu.Unlock()
}

// It is kept for good: nobody unlocks it.
type mine struct {
	mu   sync.Mutex
	deep int
}

type report struct{ mine *mine }

func (m *mine) shut() *report {
	m.mu.Lock()
	if m.deep == 0 {
		return nil
	}
	return &report{mine: m}
}

// A helper unlocks what is found to be wrong.
type crate struct {
	mu  sync.Mutex
	rev int
}

type barge struct{ crates map[int]*crate }

func (b *barge) lift(n, rev int) (*crate, error) {
	c := b.crates[n]
	c.mu.Lock()
	if c.rev != rev {
		return nil, c.refuse()
	}
	return c, nil
}

func (c *crate) refuse() error {
	c.mu.Unlock()
	return errTaken
}

func (c *crate) put() { c.mu.Unlock() }
