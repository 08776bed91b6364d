package begun

import (
	"errors"
	"io"
	"log"
	"sync"
)

// Every failing way unlocks.
type oven struct {
	mu   sync.Mutex
	off  bool
	tins int
}

func (o *oven) open(n int) error {
	o.mu.Lock()
	if o.off {
		o.mu.Unlock()
		return errCold
	}
	if o.tins < n {
		o.mu.Unlock()
		return errors.New("no tins")
	}
	return nil
}

func (o *oven) Bake(n int) error {
	if err := o.open(n); err != nil {
		return err
	}
	defer o.mu.Unlock()
	o.tins -= n
	return nil
}

// The helper that fails has unlocked.
type press struct {
	mu  sync.Mutex
	off bool
	ink int
}

func (p *press) fill() error {
	if p.ink > 9 {
		p.mu.Unlock()
		return errors.New("overflow")
	}
	p.ink++
	return nil
}

func (p *press) start() error {
	p.mu.Lock()
	if p.off {
		p.mu.Unlock()
		return errCold
	}
	if err := p.fill(); err != nil {
		return err
	}
	return nil
}

func (p *press) Print() error {
	if err := p.start(); err != nil {
		return err
	}
	p.ink--
	p.mu.Unlock()
	return nil
}

// The caller unlocks after some errors.
type loom struct {
	mu     sync.Mutex
	off    bool
	thread int
}

var errThread = errors.New("no thread")

func (l *loom) begin() error {
	l.mu.Lock()
	if l.off {
		l.mu.Unlock()
		return errCold
	}
	if l.thread == 0 {
		return errThread
	}
	return nil
}

func (l *loom) Weave() error {
	if err := l.begin(); err != nil {
		if errors.Is(err, errThread) {
			l.thread = 100
			l.mu.Unlock()
		}
		return err
	}
	l.thread--
	l.mu.Unlock()
	return nil
}

// The caller goes on after an error, and unlocks in any case.
type mill struct {
	mu   sync.Mutex
	off  bool
	corn int
}

func (m *mill) begin() error {
	m.mu.Lock()
	if m.off {
		m.mu.Unlock()
		return errCold
	}
	if m.corn == 0 {
		return errors.New("no corn")
	}
	return nil
}

func (m *mill) Grind() {
	if err := m.begin(); err != nil {
		log.Print(err)
		if err == errCold {
			return
		}
	}
	m.corn--
	m.mu.Unlock()
}

// A deferred function knows whether there is something to unlock.
type forge struct {
	mu   sync.Mutex
	off  bool
	held bool
	coal int
}

func (f *forge) begin() error {
	f.mu.Lock()
	if f.off {
		f.mu.Unlock()
		return errCold
	}
	f.held = true
	if f.coal == 0 {
		return errors.New("no coal")
	}
	return nil
}

func (f *forge) Strike() error {
	defer func() {
		if f.held {
			f.held = false
			f.mu.Unlock()
		}
	}()
	if err := f.begin(); err != nil {
		return err
	}
	f.coal--
	return nil
}

// Callers of other packages may know better.
type Still struct {
	mu   sync.Mutex
	off  bool
	mash int
}

// Begin starts. After an error other than that it is off, the caller calls End as well.
func (s *Still) Begin() error {
	s.mu.Lock()
	if s.off {
		s.mu.Unlock()
		return errCold
	}
	if s.mash == 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// End lets the next one begin.
func (s *Still) End() { s.mu.Unlock() }

// Somebody repairs it: an exported method that unlocks for whoever has failed.
type Crane struct {
	mu     sync.Mutex
	off    bool
	jammed bool
}

func (c *Crane) begin() error {
	c.mu.Lock()
	if c.off {
		c.mu.Unlock()
		return errCold
	}
	if c.jammed {
		return errors.New("jammed: call Reset")
	}
	return nil
}

// Lift lifts.
func (c *Crane) Lift() error {
	if err := c.begin(); err != nil {
		return err
	}
	defer c.mu.Unlock()
	c.jammed = true
	return nil
}

// Reset ends what Lift has left.
func (c *Crane) Reset() {
	c.jammed = false
	c.mu.Unlock()
}

// What the other function gives may be nil: whether it is an error nobody knows.
type winch struct {
	mu   sync.Mutex
	off  bool
	rope int
}

func (w *winch) begin() error {
	w.mu.Lock()
	if w.off {
		w.mu.Unlock()
		return errCold
	}
	if w.rope > 3 {
		return w.oil()
	}
	return nil
}

func (w *winch) oil() error {
	if w.rope > 100 {
		w.mu.Unlock()
		return errors.New("worn")
	}
	return nil
}

func (w *winch) Pull() error {
	if err := w.begin(); err != nil {
		return err
	}
	defer w.mu.Unlock()
	w.rope++
	return nil
}

// It is begun within a function whose end unlocks.
type lathe struct {
	mu   sync.Mutex
	off  bool
	wood int
}

func (l *lathe) begin() error {
	l.mu.Lock()
	if l.off {
		l.mu.Unlock()
		return errCold
	}
	if l.wood == 0 {
		return errors.New("no wood")
	}
	return nil
}

func (l *lathe) Turn() {
	run := func() error {
		if err := l.begin(); err != nil {
			return err
		}
		l.wood--
		l.mu.Unlock()
		return nil
	}
	if err := run(); err != nil && err != errCold {
		l.mu.Unlock()
	}
}
