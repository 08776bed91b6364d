package receivewithoutsender

import (
	"context"
	"os"
	"time"
)

func closedOnError(path string) []byte {
	data := make(chan []byte)
	go func() {
		defer close(data)
		b, err := os.ReadFile(path)
		if err != nil {
			return
		}
		data <- b
	}()
	return <-data
}

// The channel is returned: somebody else may send.
func handedOut() chan int {
	c := make(chan int)
	go func() { <-c }()
	return c
}

func withTimeout(work func() error) error {
	errs := make(chan error, 1)
	go func() {
		if err := work(); err != nil {
			errs <- err
		}
	}()
	select {
	case err := <-errs:
		return err
	case <-time.After(time.Second):
		return nil
	}
}

func withContext(ctx context.Context, work func() error) error {
	errs := make(chan error, 1)
	go func() {
		if err := work(); err != nil {
			errs <- err
		}
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

type server struct {
	quit chan struct{}
	done chan struct{}
}

func newServer() *server {
	s := &server{quit: make(chan struct{}), done: make(chan struct{})}
	go s.loop()
	return s
}

func (s *server) loop() {
	defer close(s.done)
	<-s.quit
}

// Stop ends the goroutine and waits for it.
func (s *server) Stop() {
	close(s.quit)
	<-s.done
}

// A channel that only its receive knows is another way to write `select {}`.
func serveForEver(serve func()) {
	go serve()
	<-make(chan struct{})
}

type janitor struct {
	stop    chan struct{}
	expired map[string]time.Time
}

func newJanitor() *janitor {
	j := &janitor{stop: make(chan struct{}), expired: map[string]time.Time{}}
	go j.run(j.stop)
	return j
}

func (j *janitor) run(stop chan struct{}) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			j.expired = map[string]time.Time{}
		case <-stop:
			return
		}
	}
}

func (j *janitor) Close() {
	close(j.stop)
}

// The ticker comes until what it asks for has happened.
func waitUntil(ready func() bool) {
	done := make(chan struct{})
	cancelled := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				if ready() {
					return
				}
			case <-cancelled:
				return
			}
		}
	}()
	<-done
	close(cancelled)
}

func campaignOnce(lead func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		lead(ctx)
		<-ctx.Done()
	}()
	cancel()
	<-over
}
