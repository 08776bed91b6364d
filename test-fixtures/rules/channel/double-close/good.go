package doubleclose

import (
	"io/fs"
	"path/filepath"
	"sync"
)

func once(work func() error) error {
	done := make(chan struct{})
	defer close(done)
	return work()
}

func guarded(checks []func() error) {
	failed := make(chan struct{})
	var first sync.Once
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if check() != nil {
				first.Do(func() { close(failed) })
			}
		}()
	}
	wg.Wait()
}

func eitherWay(work func() error) error {
	done := make(chan struct{})
	if err := work(); err != nil {
		close(done)
		return err
	}
	close(done)
	return nil
}

func leavesLoop(items []string, bad func(string) bool) <-chan struct{} {
	failed := make(chan struct{})
	for _, item := range items {
		if bad(item) {
			close(failed)
			break
		}
	}
	return failed
}

func remembered(work func() error) {
	done := make(chan struct{})
	closed := false
	if work() != nil {
		close(done)
		closed = true
	}
	if !closed {
		close(done)
	}
}

type server struct {
	mu      sync.Mutex
	quit    chan struct{}
	stopped bool
}

func newServer() *server { return &server{quit: make(chan struct{})} }

func (s *server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return
	}
	s.stopped = true
	close(s.quit)
}

func another(n int) {
	for range n {
		done := make(chan struct{})
		close(done)
	}
}

func madeAnew() {
	done := make(chan struct{})
	close(done)
	done = make(chan struct{})
	close(done)
}

// Walk fails with the error of its function and with no other.
func walked(root string, visit func(string) error) error {
	paths := make(chan string, 100)
	errs := make(chan error, 1)
	var err error
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil {
				close(paths)
				return err
			}
			select {
			case failed := <-errs:
				close(paths)
				return failed
			default:
				paths <- path
				return nil
			}
		})
		if err == nil {
			close(paths)
		}
	}()
	for path := range paths {
		if failed := visit(path); failed != nil {
			select {
			case errs <- failed:
			default:
			}
		}
	}
	wg.Wait()
	return err
}
