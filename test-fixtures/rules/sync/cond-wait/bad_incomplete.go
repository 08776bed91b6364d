package condwait

import "sync"

// A choir: who falls ill sings no more, and those who have turned the page already wait for him.
type choir struct {
	mu     sync.Mutex
	turned *sync.Cond
	voices int
	ready  int
	page   int
}

type Singer struct {
	choir *choir
	ill   bool
}

func (c *choir) Join() *Singer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turned == nil {
		c.turned = sync.NewCond(&c.mu)
	}
	c.voices++
	return &Singer{choir: c}
}

func (c *choir) turn() {
	c.ready = 0
	c.page++
	c.turned.Broadcast()
}

func (s *Singer) Turn() {
	c := s.choir
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready++
	if c.ready == c.voices {
		c.turn()
		return
	}
	for page := c.page; page == c.page; {
		c.turned.Wait() // want "`c\\.turned\\.Wait` may never return: on line 57 `Cough` may make `c\\.ready == c\\.voices` true"
	}
}

func (s *Singer) Cough() {
	c := s.choir
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.ill {
		return
	}
	s.ill = true
	c.voices--
}

// A raft that goes when enough have boarded: a list is what is counted up to.
type raft struct {
	mu     sync.RWMutex
	gone   sync.Cond
	crew   map[string]bool
	aboard int
	trip   int
}

func NewRaft() *raft {
	r := &raft{crew: map[string]bool{}}
	r.gone.L = &r.mu
	return r
}

func (r *raft) Board() {
	r.mu.Lock()
	defer r.mu.Unlock()
	trip := r.trip
	r.aboard++
	if r.aboard >= len(r.crew) {
		r.aboard = 0
		r.trip++
		r.gone.Broadcast()
	} else {
		for trip == r.trip {
			r.gone.Wait() // want "`Dismiss` may make `r\\.aboard >= len\\(r\\.crew\\)` true"
		}
	}
}

func (r *raft) strike(name string) { delete(r.crew, name) }

func (r *raft) Dismiss(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.strike(name)
}

// Sing falls ill at the latest when the song is over, after the last page.
func (s *Singer) Sing(pages int, sing func(int) error) error {
	defer s.Cough()
	for page := range pages {
		if err := sing(page); err != nil {
			return err
		}
		s.Turn()
	}
	return nil
}
