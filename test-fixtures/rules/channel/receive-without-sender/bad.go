package receivewithoutsender

import (
	"context"
	"os"
	"time"
)

func errorPath(path string) []byte {
	data := make(chan []byte)
	go func() {
		b, err := os.ReadFile(path)
		if err != nil {
			return
		}
		data <- b
	}()
	return <-data // want "receive-without-sender: this receive from `data` may wait for ever"
}

type worker struct {
	quit chan struct{}
	done chan struct{}
}

func newWorker() *worker {
	w := &worker{quit: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	return w
}

func (w *worker) loop() {
	<-w.quit
}

// Stop waits for a goroutine that does not tell when it ends.
func (w *worker) Stop() {
	close(w.quit)
	<-w.done // want "receive-without-sender: this receive from `w.done` may wait for ever"
}

func lastOne(ctx context.Context, work func() error) error {
	errs := make(chan error, 1)
	go func() {
		if err := work(); err != nil {
			errs <- err
		}
	}()
	return <-errs // want "receive-without-sender"
}

// A channel with a name is there for somebody who sends.
func serveUntilStopped(serve func()) {
	stop := make(chan struct{})
	go serve()
	<-stop // want "receive-without-sender"
}

type sweeper struct {
	stop    chan struct{}
	expired map[string]time.Time
}

// The goroutine is given one channel, and Close closes another.
func newSweeper() *sweeper {
	s := &sweeper{stop: make(chan struct{}), expired: map[string]time.Time{}}
	go s.run(make(chan struct{}))
	return s
}

func (s *sweeper) run(stop chan struct{}) {
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select { // want "receive-without-sender: this wait goes round for ever: only the timer still comes"
		case <-t.C:
			s.expired = map[string]time.Time{}
		case <-stop:
			return
		}
	}
}

func (s *sweeper) Close() {
	close(s.stop)
}

type election struct {
	cancel context.CancelFunc
	over   chan struct{}
}

// The context that the goroutine waits for is not the one that is cancelled.
func campaign(lead func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	e := &election{cancel: cancel, over: make(chan struct{})}
	term, end := context.WithCancel(context.Background())
	_ = end
	go func() {
		defer close(e.over)
		lead(ctx)
		<-term.Done() // want "receive-without-sender: this wait for `term.Done..` may never end"
	}()
	e.cancel()
	<-e.over
}
