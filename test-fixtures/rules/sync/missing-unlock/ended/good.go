package ended

import (
	"errors"
	"sync"
)

// What is deferred ends it in any case.
func (s *Shelf) AddSafely(book string) error {
	r := s.Rearrange()
	defer r.Abandon()
	if err := r.Put(book); err != nil {
		return err
	}
	return r.Finish()
}

// Ended when the other end has failed.
func (s *Shelf) AddOrAbandon(book string) error {
	r := s.Rearrange()
	r.Put(book)
	err := r.Finish()
	if err != nil {
		r.Abandon()
	}
	return err
}

// Tried again until it succeeds.
func (s *Shelf) AddSome(books []string) {
	r := s.Rearrange()
	for {
		if err := r.Finish(); err == nil {
			return
		}
		books = books[1:]
	}
}

// The caller gets it.
func (s *Shelf) AddAndGo(book string) *Rearrangement {
	r := s.Rearrange()
	r.Put(book)
	return r
}

// The one that it is given to ends it.
func (s *Shelf) AddBy(book string) error {
	r := s.Rearrange()
	return finish(r, book)
}

func finish(r *Rearrangement, book string) error {
	defer r.Abandon()
	r.Put(book)
	return r.Finish()
}

// Kept by somebody else, who may end it.
type Reader struct {
	current *Rearrangement
}

func (d *Reader) Start(s *Shelf) error {
	r := s.Rearrange()
	d.current = r
	if r.added != nil {
		return errFull
	}
	return r.Finish()
}

// Each way of its end unlocks.
type Drawer struct {
	mu   sync.Mutex
	open int
}

type Pull struct {
	drawer *Drawer
	state  int
}

func (d *Drawer) Pull() *Pull {
	d.mu.Lock()
	p := &Pull{drawer: d, state: 1}
	return p
}

func (p *Pull) Push() error {
	if p.state != 1 {
		return errors.New("pushed already")
	}
	p.state = 2
	defer p.drawer.mu.Unlock()
	if p.drawer.open > 3 {
		return errors.New("jammed")
	}
	return nil
}

func (p *Pull) Slam() error {
	if err := p.check(); err != nil {
		return err
	}
	p.state = 2
	p.drawer.mu.Unlock()
	return nil
}

func (p *Pull) check() error {
	if p.state != 1 {
		return errors.New("pushed already")
	}
	return nil
}

func (d *Drawer) Count() error {
	p := d.Pull()
	d.open++
	return p.Push()
}

func (d *Drawer) CountLoud() error {
	p := d.Pull()
	d.open++
	return p.Slam()
}

// Another function unlocks when it is done for too long.
type Desk struct {
	mu  sync.Mutex
	pen int
}

type Seat struct{ desk *Desk }

func (d *Desk) Sit() *Seat {
	d.mu.Lock()
	return &Seat{desk: d}
}

func (d *Desk) Evict() { d.mu.Unlock() }

func (s *Seat) Rise(tidy bool) error {
	if !tidy {
		return errors.New("not tidy")
	}
	s.desk.mu.Unlock()
	return nil
}

func (d *Desk) Write(tidy bool) error {
	s := d.Sit()
	d.pen++
	return s.Rise(tidy)
}

// The lock has not been taken when it fails.
type Vault struct {
	mu    sync.Mutex
	coins int
}

type Visit struct{ vault *Vault }

func (v *Vault) Enter(key string) (*Visit, error) {
	if key == "" {
		return nil, errors.New("no key")
	}
	v.mu.Lock()
	return &Visit{vault: v}, nil
}

func (v *Visit) Leave() { v.vault.mu.Unlock() }

func (v *Vault) Deposit(key string) error {
	visit, err := v.Enter(key)
	if err != nil {
		return err
	}
	v.coins++
	visit.Leave()
	return nil
}
