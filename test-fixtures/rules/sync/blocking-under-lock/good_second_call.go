package blockingunderlock

import "sync"

// The receiver notes what it has got under a lock of its own.
type studio struct {
	mu       sync.Mutex
	speakers map[string]*speaker
}

type speaker struct {
	mu    sync.Mutex
	said  int
	lines chan string
}

func newStudio() *studio { return &studio{speakers: make(map[string]*speaker)} }

func (s *studio) Invite(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.speakers[name]; ok {
		return
	}
	p := &speaker{lines: make(chan string)}
	s.speakers[name] = p
	go p.run()
}

func (p *speaker) run() {
	for range p.lines {
		p.mu.Lock()
		p.said++
		p.mu.Unlock()
	}
}

func (s *studio) Say(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.speakers {
		p.lines <- line
	}
}

// The lock that the receivers need is free while something is sent.
type choir struct {
	one     sync.Mutex
	mu      sync.Mutex
	singers map[string]*singer
	sung    map[string]int
}

type singer struct {
	name  string
	of    *choir
	notes chan int
}

func newChoir() *choir {
	return &choir{singers: map[string]*singer{}, sung: map[string]int{}}
}

func (c *choir) Enter(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.singers[name] != nil {
		return
	}
	s := &singer{name: name, of: c, notes: make(chan int)}
	c.singers[name] = s
	go s.run()
}

func (s *singer) run() {
	for note := range s.notes {
		s.of.mu.Lock()
		s.of.sung[s.name] = note
		s.of.mu.Unlock()
	}
}

func (c *choir) Sing(note int) {
	c.one.Lock()
	defer c.one.Unlock()
	c.mu.Lock()
	all := make([]*singer, 0, len(c.singers))
	for _, s := range c.singers {
		all = append(all, s)
	}
	c.mu.Unlock()
	for _, s := range all {
		s.notes <- note
	}
}

// Who is busy misses a call.
type switchboard struct {
	mu    sync.Mutex
	lines map[string]*line
	calls int
}

type line struct {
	of    *switchboard
	rings chan struct{}
}

func newSwitchboard() *switchboard { return &switchboard{lines: map[string]*line{}} }

func (s *switchboard) Connect(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lines[name] != nil {
		return
	}
	l := &line{of: s, rings: make(chan struct{})}
	s.lines[name] = l
	go l.run()
}

func (l *line) run() {
	for range l.rings {
		l.of.mu.Lock()
		l.of.calls++
		l.of.mu.Unlock()
	}
}

func (s *switchboard) Ring() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		select {
		case l.rings <- struct{}{}:
		default:
		}
	}
}
