package lockorder

import "sync"

// The one list has nothing to do with the other: who is rated has not rated.
type critic struct {
	mu    sync.Mutex
	rated []*film
	n     int
}

type film struct {
	mu     sync.Mutex
	quoted []*critic
	n      int
}

func (c *critic) Rate(f *film) {
	c.mu.Lock()
	c.rated = append(c.rated, f)
	c.mu.Unlock()
}

func (f *film) Quote(c *critic) {
	f.mu.Lock()
	f.quoted = append(f.quoted, c)
	f.mu.Unlock()
}

func (c *critic) Count() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.rated {
		f.mu.Lock()
		n += f.n
		f.mu.Unlock()
	}
	return n
}

func (f *film) Thank() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.quoted {
		c.mu.Lock()
		c.n++
		c.mu.Unlock()
	}
}

// Only who introduces them takes both in the one order: no way leads from the one to the other before.
type troupe struct {
	mu     sync.Mutex
	actors map[*actor]bool
	seen   int
}

type actor struct {
	mu      sync.Mutex
	troupes map[*troupe]bool
	name    string
}

func (t *troupe) Hire(a *actor) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.actors[a] {
		return
	}
	t.actors[a] = true
	a.joined(t)
}

func (a *actor) joined(t *troupe) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.troupes[t] = true
}

func (a *actor) Rename(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.name = name
	for t := range a.troupes {
		t.mu.Lock()
		t.seen++
		t.mu.Unlock()
	}
}
