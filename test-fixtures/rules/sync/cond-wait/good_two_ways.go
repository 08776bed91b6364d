package condwait

import "sync"

// One method waits.
type Pier struct {
	mu    sync.Mutex
	clear *sync.Cond
	boats int
	shut  bool
}

func NewPier() *Pier {
	p := &Pier{}
	p.clear = sync.NewCond(&p.mu)
	return p
}

func (p *Pier) Dock() {
	p.mu.Lock()
	p.boats++
	p.mu.Unlock()
}

func (p *Pier) Sail() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.boats--; p.boats == 0 {
		p.clear.Signal()
	}
}

func (p *Pier) wait() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.boats > 0 {
		p.clear.Wait()
	}
}

func (p *Pier) Close() { p.wait() }

// Only the first caller comes to the wait.
func (p *Pier) Shut() {
	p.mu.Lock()
	if p.shut {
		p.mu.Unlock()
		return
	}
	p.shut = true
	p.mu.Unlock()
	p.wait()
}

// Who is woken wakes the next one.
type Lobby struct {
	mu    sync.Mutex
	quiet *sync.Cond
	calls int
}

func NewLobby() *Lobby {
	l := &Lobby{}
	l.quiet = sync.NewCond(&l.mu)
	return l
}

func (l *Lobby) Ring() {
	l.mu.Lock()
	l.calls++
	l.mu.Unlock()
}

func (l *Lobby) Answer() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.calls--; l.calls == 0 {
		l.quiet.Signal()
	}
}

func (l *Lobby) settle() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.calls > 0 {
		l.quiet.Wait()
	}
	l.quiet.Signal()
}

func (l *Lobby) Nap() { l.settle() }

func (l *Lobby) Rest() { l.settle() }

// Who is woken takes the place, so that the other one has to wait on.
type Swing struct {
	mu   sync.Mutex
	free *sync.Cond
	kids int
}

func NewSwing() *Swing {
	s := &Swing{}
	s.free = sync.NewCond(&s.mu)
	return s
}

func (s *Swing) Ride() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.kids > 0 {
		s.free.Wait()
	}
	s.kids++
}

func (s *Swing) Push() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.kids > 0 {
		s.free.Wait()
	}
	s.kids = 1
}

func (s *Swing) Off() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kids--
	s.free.Signal()
}

// A third lock lets one of them wait at a time.
type Sluice struct {
	door  sync.Mutex
	mu    sync.Mutex
	dry   *sync.Cond
	water int
}

func NewSluice() *Sluice {
	s := &Sluice{}
	s.dry = sync.NewCond(&s.mu)
	return s
}

func (s *Sluice) Fill() {
	s.mu.Lock()
	s.water++
	s.mu.Unlock()
}

func (s *Sluice) Drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.water--; s.water == 0 {
		s.dry.Signal()
	}
}

func (s *Sluice) awaitDry() {
	s.mu.Lock()
	for s.water > 0 {
		s.dry.Wait()
	}
	s.mu.Unlock()
}

func (s *Sluice) Up() {
	s.door.Lock()
	defer s.door.Unlock()
	s.awaitDry()
}

func (s *Sluice) Down() {
	s.door.Lock()
	defer s.door.Unlock()
	s.awaitDry()
}
