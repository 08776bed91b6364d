package receivewithoutsender

import (
	"context"
	"os"
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
