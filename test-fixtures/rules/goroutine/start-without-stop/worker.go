package startwithoutstop

import (
	"context"
	"errors"
	"sync"
)

// A worker with a goroutine between Start and Stop.
type worker struct {
	stop chan struct{}
	work chan func()
}

func newWorker() *worker {
	w := &worker{stop: make(chan struct{})}
	w.work = make(chan func())
	return w
}

func (w *worker) Start() {
	go w.loop()
}

func (w *worker) loop() {
	for {
		select {
		case f := <-w.work:
			f()
		case <-w.stop:
			return
		}
	}
}

func (w *worker) do(f func()) { w.work <- f }

func (w *worker) Stop() { close(w.stop) }

// A server whose start may fail.
type server struct {
	jobs chan int
	name string
}

func (s *server) Start(name string) error {
	if name == "" {
		return errors.New("no name")
	}
	s.jobs = make(chan int)
	go func() {
		for job := range s.jobs {
			_ = job
		}
	}()
	return nil
}

func (s *server) Close() error {
	close(s.jobs)
	return nil
}

// A pump runs in the goroutine of its caller.
type pump struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newPump() *pump {
	p := &pump{}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

func (p *pump) Run() {
	<-p.ctx.Done()
}

func (p *pump) Shutdown() { p.cancel() }

// A task ends by itself.
type task struct{ wg sync.WaitGroup }

func (t *task) Start() {
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		println("done")
	}()
}

func (t *task) Stop() { t.wg.Wait() }
