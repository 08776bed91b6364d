package rotation

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The helper that opens is called by another helper.
type spool struct {
	dir   string
	limit int

	mu     sync.Mutex
	number int
	size   int
	file   *os.File
	ended  bool
}

func newSpool(dir string, limit int) (*spool, error) {
	s := &spool{dir: dir, limit: limit}
	err := s.open()
	if err != nil {
		return nil, err
	}
	return s, nil
}

func (s *spool) open() error {
	file, err := os.Create(filepath.Join(s.dir, fmt.Sprintf("spool.%d", s.number)))
	if err != nil {
		return err
	}
	s.file = file // want "what `s.file` held until here stays open: `Put` puts another one in its place"
	s.size = 0
	return nil
}

func (s *spool) advance() error {
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.number++
	return s.open()
}

func (s *spool) Put(page []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return errors.New("ended")
	}
	if s.size+len(page) > s.limit {
		if err := s.advance(); err != nil {
			return err
		}
	}
	n, err := s.file.Write(page)
	s.size += n
	return err
}

func (s *spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	return s.file.Close()
}

// Each turn of the loop opens another one.
type beacon struct {
	addr string
	conn net.Conn
	quit chan struct{}
}

func startBeacon(addr string) *beacon {
	b := &beacon{addr: addr, quit: make(chan struct{})}
	go b.loop()
	return b
}

func (b *beacon) dial() error {
	conn, err := net.Dial("udp", b.addr)
	if err != nil {
		return err
	}
	b.conn = conn // want "what `b.conn` held until here stays open: `loop` puts another one in its place"
	return nil
}

func (b *beacon) loop() {
	for {
		if err := b.dial(); err != nil {
			return
		}
		if _, err := b.conn.Write([]byte("alive")); err != nil {
			return
		}
		select {
		case <-time.After(time.Second):
		case <-b.quit:
			b.Close()
			return
		}
	}
}

func (b *beacon) Close() error { return b.conn.Close() }

// One method opens where nothing is open, the other always.
type player struct {
	dir   string
	track string
	in    *os.File
}

func (p *player) load() error {
	in, err := os.Open(filepath.Join(p.dir, p.track))
	if err != nil {
		return err
	}
	p.in = in // want "what `p.in` held until here stays open: `Skip` puts another one in its place"
	return nil
}

func (p *player) Read(b []byte) (int, error) {
	if p.in == nil {
		if err := p.load(); err != nil {
			return 0, err
		}
	}
	return p.in.Read(b)
}

func (p *player) Skip(track string) error {
	if track == p.track {
		return nil
	}
	p.track = track
	return p.load()
}

func (p *player) Close() error {
	if p.in == nil {
		return nil
	}
	in := p.in
	p.in = nil
	return in.Close()
}

// It is used until it is closed, each time for another name.
type recorder struct {
	mu     sync.Mutex
	out    *os.File
	closed bool
}

func (r *recorder) Select(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return os.ErrClosed
	}
	out, err := os.Create(name)
	if err != nil {
		return err
	}
	r.out = out // want "what `r.out` held until here stays open: `Select` puts another one in its place"
	return nil
}

func (r *recorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(b)
}

func (r *recorder) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	if r.out == nil {
		return nil
	}
	return r.out.Close()
}
