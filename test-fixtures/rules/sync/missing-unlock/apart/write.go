package apart

import (
	"errors"
	"sync"
)

type book struct {
	mu   sync.Mutex
	text []string
}

func (b *book) begin() { b.mu.Lock() }
func (b *book) end()   { b.mu.Unlock() }

func (b *book) write(line string) bool {
	b.begin()
	if line == "" {
		return false
	}
	b.text = append(b.text, line)
	b.end()
	return true
}

type sheet struct {
	mu   sync.Mutex
	data [8]byte
}

func (x *sheet) unpin() { x.mu.Unlock() }

type sheets struct {
	mu    sync.Mutex
	known map[int]*sheet
}

func (s *sheets) write(n, offset int, b []byte) error {
	x := s.pin(n) // want "missing-unlock: `x.mu` is still locked at the return"
	if offset+len(b) > len(x.data) {
		return errors.New("too long")
	}
	copy(x.data[offset:], b)
	x.unpin()
	return nil
}

func (s *sheets) read(n int) [8]byte {
	x := s.pin(n)
	defer x.unpin()
	return x.data
}
