// Package fixed computes checksums of files side by side.
package fixed

import (
	"hash/crc32"
	"io"
	"io/fs"
	"sync"
)

// Sum is the checksum of one file.
type Sum struct {
	Path string
	CRC  uint32
	Err  error
}

type summer struct {
	files   fs.FS
	sums    chan Sum
	workers sync.WaitGroup
}

func (s *summer) one(path string) (sum Sum) {
	sum.Path = path
	f, err := s.files.Open(path)
	if err != nil {
		sum.Err = err
		return sum
	}
	defer f.Close()
	h := crc32.NewIEEE()
	_, sum.Err = io.Copy(h, f)
	sum.CRC = h.Sum32()
	return sum
}

func (s *summer) spawn(paths []string) {
	for _, path := range paths {
		s.workers.Add(1)
		go func() {
			defer s.workers.Done()
			s.sums <- s.one(path)
		}()
	}
}

func (s *summer) finish() {
	s.workers.Wait()
	close(s.sums)
}

// Checksums returns the checksums of all paths that could be read.
func Checksums(files fs.FS, paths []string) map[string]uint32 {
	s := &summer{files: files, sums: make(chan Sum)}
	s.spawn(paths)
	go s.finish()

	found := make(map[string]uint32, len(paths))
	for sum := range s.sums {
		if sum.Err == nil {
			found[sum.Path] = sum.CRC
		}
	}
	return found
}
