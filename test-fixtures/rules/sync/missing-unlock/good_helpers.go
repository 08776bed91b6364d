package missingunlock

import (
	"log"
	"os"
	"sync"
)

type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) begin() { j.mu.Lock() }
func (j *journal) end()   { j.mu.Unlock() }

func (j *journal) write(line string) bool {
	j.begin()
	defer j.end()
	if line == "" {
		return false
	}
	j.lines = append(j.lines, line)
	return true
}

func journals() {
	j := &journal{}
	go j.write("")
	j.write("a")
}

// The goroutine lets go of the lock that was taken for it.
func handedOver(work func()) {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		defer mu.Unlock()
		work()
	}()
	mu.Lock()
	defer mu.Unlock()
	work()
}

// Used as a signal: who waits is let go of by the other one.
func gate(work func()) {
	var opened sync.Mutex
	opened.Lock()
	go func() {
		work()
		opened.Unlock()
	}()
	opened.Lock()
}

// A literal that ends the process has nothing to let go of.
func diesInLiteral(open func() error) {
	var mu sync.Mutex
	die := func(err error) {
		log.Print(err)
		os.Exit(1)
	}
	go func() {
		mu.Lock()
		defer mu.Unlock()
	}()
	mu.Lock()
	if err := open(); err != nil {
		die(err)
		return
	}
	mu.Unlock()
}

type snapshot struct{ readers int }

type snapshots struct {
	mu   sync.Mutex
	last *snapshot
}

// The error is nil on every way, so that the early return is never taken.
func (s *snapshots) open() (*snapshot, error) {
	s.mu.Lock()
	found, err := s.current()
	if err != nil {
		return nil, err
	}
	s.mu.Unlock()
	return found, nil
}

// The same with the test in one statement, and a method that only passes it on.
func (s *snapshots) touch() error {
	s.mu.Lock()
	if _, err := s.again(); err != nil {
		return err
	}
	s.mu.Unlock()
	return nil
}

func (s *snapshots) current() (*snapshot, error) {
	if s.last != nil {
		s.last.readers++
		return s.last, nil
	}
	s.last = &snapshot{readers: 1}
	return s.last, nil
}

func (s *snapshots) again() (*snapshot, error) { return s.current() }
