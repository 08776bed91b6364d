package rotation

import (
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Closed by who calls the helper that calls the helper.
type journal struct {
	dir  string
	n    int
	file *os.File
}

func newJournal(dir string) (*journal, error) {
	j := &journal{dir: dir}
	if err := j.open(); err != nil {
		return nil, err
	}
	return j, nil
}

func (j *journal) open() error {
	file, err := os.Create(filepath.Join(j.dir, "journal"))
	if err != nil {
		return err
	}
	j.file = file
	return nil
}

func (j *journal) next() error {
	j.n++
	return j.open()
}

func (j *journal) Rotate() error {
	if err := j.Close(); err != nil {
		return err
	}
	return j.next()
}

func (j *journal) Close() error { return j.file.Close() }

// A name for the old one is left, and that is closed.
type archive struct {
	file *os.File
	n    int
}

func newArchive(name string) (*archive, error) {
	a := &archive{}
	if err := a.open(name); err != nil {
		return nil, err
	}
	return a, nil
}

func (a *archive) open(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	a.file = file
	a.n++
	return nil
}

func (a *archive) swap(name string) error {
	old := a.file
	if err := a.open(name); err != nil {
		return err
	}
	return old.Close()
}

func (a *archive) Swap(name string) error { return a.swap(name) }

func (a *archive) Close() error { return a.file.Close() }

// It is tried again until it is there.
type uplink struct {
	addr string
	conn net.Conn
}

func startUplink(addr string) *uplink {
	u := &uplink{addr: addr}
	go u.loop()
	return u
}

func (u *uplink) dial() error {
	conn, err := net.Dial("tcp", u.addr)
	if err != nil {
		return err
	}
	u.conn = conn
	return nil
}

func (u *uplink) loop() {
	for {
		if err := u.dial(); err != nil {
			time.Sleep(time.Second)
			continue
		}
		if _, err := u.conn.Write([]byte("hello")); err == nil {
			return
		}
		u.Close()
	}
}

func (u *uplink) Close() error { return u.conn.Close() }

// The loop ends when there is one.
type dialer struct {
	addrs []string
	conn  net.Conn
}

func (d *dialer) try(addr string) {
	conn, err := net.Dial("tcp", addr)
	if err == nil {
		d.conn = conn
	}
}

func (d *dialer) Any() bool {
	for _, addr := range d.addrs {
		d.try(addr)
		if d.conn != nil {
			break
		}
	}
	return d.conn != nil
}

func (d *dialer) Close() error { return d.conn.Close() }

// Whoever reads closes it before the next turn.
type tunnel struct {
	addr string
	conn net.Conn
}

func (t *tunnel) dial() error {
	conn, err := net.Dial("tcp", t.addr)
	if err != nil {
		return err
	}
	t.conn = conn
	return nil
}

func (t *tunnel) Run() error {
	for {
		if err := t.dial(); err != nil {
			return err
		}
		t.pump()
	}
}

func (t *tunnel) pump() {
	defer t.conn.Close()
	b := make([]byte, 512)
	for {
		if _, err := t.conn.Read(b); err != nil {
			return
		}
	}
}

// The method that always opens has closed what was open.
type reel struct {
	name string
	in   *os.File
}

func (r *reel) load() error {
	in, err := os.Open(r.name)
	if err != nil {
		return err
	}
	r.in = in
	return nil
}

func (r *reel) Read(b []byte) (int, error) {
	if r.in == nil {
		if err := r.load(); err != nil {
			return 0, err
		}
	}
	return r.in.Read(b)
}

func (r *reel) Skip(name string) error {
	if err := r.Close(); err != nil {
		return err
	}
	r.name = name
	return r.load()
}

func (r *reel) Close() error {
	if r.in == nil {
		return nil
	}
	in := r.in
	r.in = nil
	return in.Close()
}

// Callers have a method for that, before they ask for another.
type drive struct {
	name string
	in   *os.File
}

func (d *drive) load() error {
	in, err := os.Open(d.name)
	if err != nil {
		return err
	}
	d.in = in
	return nil
}

func (d *drive) Read(b []byte) (int, error) {
	if d.in == nil {
		if err := d.load(); err != nil {
			return 0, err
		}
	}
	return d.in.Read(b)
}

func (d *drive) Insert(name string) error {
	d.name = name
	return d.load()
}

func (d *drive) Eject() error {
	in := d.in
	d.in = nil
	return in.Close()
}

// What the first method opens it closes, too.
type sheet struct {
	name string
	in   *os.File
}

func (s *sheet) load() error {
	in, err := os.Open(s.name)
	if err != nil {
		return err
	}
	s.in = in
	return nil
}

func (s *sheet) Head(b []byte) (int, error) {
	if s.in == nil {
		if err := s.load(); err != nil {
			return 0, err
		}
	}
	defer s.drop()
	return s.in.Read(b)
}

func (s *sheet) Pick(name string) error {
	s.name = name
	return s.load()
}

func (s *sheet) drop() {
	s.in.Close()
	s.in = nil
}

func (s *sheet) Close() error {
	s.drop()
	return nil
}

// Called once, as its name says.
type capture struct {
	mu     sync.Mutex
	out    *os.File
	closed bool
}

func (c *capture) Attach(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return os.ErrClosed
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	c.out = out
	return nil
}

func (c *capture) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	return c.out.Close()
}

// A second call is refused.
type printer struct {
	mu     sync.Mutex
	out    *os.File
	name   string
	closed bool
}

func (p *printer) Select(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.name != "" {
		return os.ErrClosed
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	p.out, p.name = out, name
	return nil
}

func (p *printer) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	return p.out.Close()
}
