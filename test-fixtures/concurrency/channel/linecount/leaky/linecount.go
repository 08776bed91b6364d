package leaky

import (
	"strings"
	"sync"
)

// Source gives the lines of one log, one after the other.
type Source interface {
	Next() (line string, ok bool)
}

// SliceSource is a log in memory.
type SliceSource struct {
	Lines []string
	next  int
}

// Next implements Source.
func (s *SliceSource) Next() (string, bool) {
	if s.next >= len(s.Lines) {
		return "", false
	}
	s.next++
	return s.Lines[s.next-1], true
}

// Follower merges the lines of many logs.
type Follower struct {
	sources []Source
	lines   chan string
	readers sync.WaitGroup
}

// NewFollower follows the given logs.
func NewFollower(sources ...Source) *Follower {
	return &Follower{sources: sources, lines: make(chan string, 8)}
}

func (f *Follower) read(source Source) {
	for {
		line, ok := source.Next()
		if !ok {
			return
		}
		f.lines <- line
	}
}

// Count reads all logs to their ends and counts the lines that have the word.
func (f *Follower) Count(word string) int {
	for _, source := range f.sources {
		f.readers.Go(func() { f.read(source) })
	}
	total := make(chan int)
	go func() {
		n := 0
		for line := range f.lines { // blocked: never-closed-range
			if strings.Contains(line, word) {
				n++
			}
		}
		total <- n
	}()
	f.readers.Wait()
	return <-total
}
