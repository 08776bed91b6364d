package back

import "sync"

// The printer knows the office that has it.
type office struct {
	mu      sync.Mutex
	jobs    int
	printer *printer
}

type printer struct {
	of   *office
	made int
}

func newOffice() *office {
	o := &office{}
	o.printer = &printer{of: o}
	return o
}

func (o *office) Jobs() int {
	o.mu.Lock() // want "double-lock: `o.mu` is locked again by the goroutine that has held it since line 30"
	defer o.mu.Unlock()
	return o.jobs
}

func (o *office) Print(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.jobs += n
	if n > 10 {
		o.printer.report()
	}
}

func (p *printer) report() {
	println(p.of.Jobs(), p.made)
}

// Each of many knows who has it.
type server struct {
	mu       sync.Mutex
	sessions map[int]*session
}

type session struct {
	id  int
	srv *server
}

func newSession(srv *server, id int) *session {
	return &session{id: id, srv: srv}
}

func (s *server) Open(id int) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	x := newSession(s, id)
	s.sessions[id] = x
	return x
}

func (s *server) remove(id int) {
	s.mu.Lock() // want "double-lock: `s.mu` is locked again by the goroutine that has held it since line 76"
	defer s.mu.Unlock()
	delete(s.sessions, id)
}

func (x *session) Close() {
	x.srv.remove(x.id)
}

func (s *server) Shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.Close()
	}
}

// A list of them, and the field is set afterwards.
type zoo struct {
	mu    sync.RWMutex
	cages []*cage
	fed   int
}

type cage struct {
	name string
	home *zoo
}

func (z *zoo) Build(name string) {
	c := &cage{name: name}
	c.home = z
	z.mu.Lock()
	z.cages = append(z.cages, c)
	z.mu.Unlock()
}

func (z *zoo) count() {
	z.mu.Lock() // want "double-lock: `z.mu` is locked for writing by the goroutine that has held it for reading since line 115"
	z.fed++
	z.mu.Unlock()
}

func (c *cage) feed() {
	println(c.name)
	c.home.count()
}

func (z *zoo) Feed() {
	z.mu.RLock()
	defer z.mu.RUnlock()
	for _, c := range z.cages {
		c.feed()
	}
}

// A set of them.
type orchard struct {
	mu    sync.Mutex
	trees map[*tree]struct{}
}

type tree struct{ in *orchard }

func (o *orchard) Plant() *tree {
	t := &tree{in: o}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trees[t] = struct{}{}
	return t
}

func (t *tree) Fell() {
	t.in.mu.Lock() // want "double-lock: `t.in.mu` is locked again here when `t.Fell` is called at bad.go:"
	delete(t.in.trees, t)
	t.in.mu.Unlock()
}

func (o *orchard) Clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for t := range o.trees {
		t.Fell()
	}
}
