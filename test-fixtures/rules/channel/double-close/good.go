package doubleclose

import "sync"

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
