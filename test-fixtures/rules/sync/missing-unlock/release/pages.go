package release

import (
	"errors"
	"sync"
)

type page struct {
	latch sync.Mutex
	data  [16]byte
}

func (p *page) unpin() {
	p.latch.Unlock()
}

type pages struct {
	mu    sync.Mutex
	known map[int]*page
}

func newPages() *pages {
	return &pages{known: make(map[int]*page)}
}

// The caller gets the page with its latch held.
func (s *pages) pin(n int) *page {
	s.mu.Lock()
	p, ok := s.known[n]
	if !ok {
		p = new(page)
		s.known[n] = p
	}
	s.mu.Unlock()
	p.latch.Lock()
	return p
}

func (s *pages) write(n, offset int, b []byte) error {
	p := s.pin(n) // want "missing-unlock: `p.latch` is still locked at the return on line 42"
	if offset+len(b) > len(p.data) {
		return errors.New("too long")
	}
	copy(p.data[offset:], b)
	p.unpin()
	return nil
}

func (s *pages) read(n int) [16]byte {
	p := s.pin(n)
	defer p.unpin()
	return p.data
}

func writeAndRead() {
	s := newPages()
	_ = s.write(1, 0, []byte("head"))
	_ = s.write(1, len(page{}.data)-2, []byte("tail"))
	_ = s.read(1)
}
