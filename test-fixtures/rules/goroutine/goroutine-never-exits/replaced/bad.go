package replaced

import (
	"context"
	"errors"
	"sync"
	"time"
)

type sampler struct {
	mu     sync.Mutex
	quit   chan struct{}
	over   bool
	values []int
}

func newSampler(every time.Duration) *sampler {
	s := &sampler{quit: make(chan struct{})}
	go s.run(s.quit, every)
	return s
}

func (s *sampler) run(quit <-chan struct{}, every time.Duration) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case now := <-t.C:
			s.mu.Lock()
			s.values = append(s.values, now.Second())
			s.mu.Unlock()
		case <-quit:
			return
		}
	}
}

func (s *sampler) SetRate(every time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return
	}
	s.quit = make(chan struct{}) // want "the goroutine started on line 19 never ends once `SetRate` is called: it waits for the channel that `s.quit` held until here"
	go s.run(s.quit, every)
}

func (s *sampler) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	close(s.quit)
}

type follower struct {
	cancel context.CancelFunc
	lines  chan string
}

func openFollower(path string) (*follower, error) {
	if path == "" {
		return nil, errors.New("no path")
	}
	f := &follower{lines: make(chan string, 1)}
	f.follow(path)
	return f, nil
}

func (f *follower) follow(path string) {
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel // want "the goroutine started on line 72 never ends once `Switch` is called: its context is cancelled by the function that `f.cancel` held"
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case f.lines <- path:
			}
		}
	}()
}

func (f *follower) Switch(path string) { f.follow(path) }

func (f *follower) Close() { f.cancel() }
