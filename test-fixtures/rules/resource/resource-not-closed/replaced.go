package resourcenotclosed

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

type segments struct {
	dir  string
	mu   sync.Mutex
	out  *os.File
	n    int
	left int
}

func openSegments(dir string) (*segments, error) {
	s := &segments{dir: dir}
	if err := s.next(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *segments) next() error {
	f, err := os.Create(filepath.Join(s.dir, fmt.Sprint(s.n)))
	if err != nil {
		return err
	}
	if last := s.out; last != nil {
		if err := last.Sync(); err != nil {
			f.Close()
			return err
		}
	}
	s.out = f // want "what `s.out` held until here stays open: `Write` puts another one in its place"
	s.n++
	s.left = 1 << 20
	return nil
}

func (s *segments) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left < len(b) {
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	s.left -= len(b)
	return s.out.Write(b)
}

func (s *segments) Close() error { return s.out.Close() }
