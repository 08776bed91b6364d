// Package fixed changes the schema of a database one statement after the other.
package fixed

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	errStopped   = errors.New("schema worker stopped")
	errCancelled = errors.New("job cancelled")
	errSyntax    = errors.New("not a schema statement")
)

type job struct {
	id        int64
	statement string
	cancelled atomic.Bool
	done      chan struct{}
	err       error
}

type worker struct {
	backfill func(statement string)
	queue    chan *job
	quit     chan struct{}
	ended    chan struct{}

	mu      sync.Mutex
	stopped bool
	last    int64
	jobs    map[int64]*job
}

func newWorker(backfill func(string)) *worker {
	w := &worker{
		backfill: backfill,
		queue:    make(chan *job, 8),
		quit:     make(chan struct{}),
		ended:    make(chan struct{}),
		jobs:     make(map[int64]*job),
	}
	go w.run()
	return w
}

func (w *worker) submit(statement string) (*job, error) {
	w.mu.Lock()
	if w.stopped {
		w.mu.Unlock()
		return nil, errStopped
	}
	w.last++
	j := &job{id: w.last, statement: statement, done: make(chan struct{})}
	w.jobs[j.id] = j
	w.mu.Unlock()
	select {
	case w.queue <- j:
	case <-w.quit:
	}
	return j, nil
}

func (j *job) wait() error {
	<-j.done
	return j.err
}

func (w *worker) cancel(id int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	j, ok := w.jobs[id]
	if ok {
		j.cancelled.Store(true)
	}
	return ok
}

func (w *worker) run() {
	defer close(w.ended)
	for {
		select {
		case j := <-w.queue:
			w.handle(j)
		case <-w.quit:
			w.failRest()
			return
		}
	}
}

func (w *worker) handle(j *job) {
	w.mu.Lock()
	delete(w.jobs, j.id)
	w.mu.Unlock()
	defer close(j.done)
	if j.cancelled.Load() {
		j.err = errCancelled
		return
	}
	if !strings.HasPrefix(j.statement, "ALTER ") {
		j.err = errSyntax
	} else {
		w.backfill(j.statement)
	}
}

func (w *worker) failRest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped = true
	for _, j := range w.jobs {
		j.err = errStopped
		close(j.done)
	}
	clear(w.jobs)
}

func (w *worker) stop() {
	close(w.quit)
	<-w.ended
}

// Run cancels a statement that waits behind another one.
func Run() {
	w := newWorker(func(string) { time.Sleep(200 * time.Millisecond) })
	defer w.stop()
	first, err := w.submit("ALTER TABLE orders ADD COLUMN total INT")
	if err != nil {
		return
	}
	second, err := w.submit("ALTER TABLE orders DROP COLUMN note")
	if err != nil {
		return
	}
	w.cancel(second.id)
	var sessions sync.WaitGroup
	sessions.Go(func() { _ = first.wait() })
	sessions.Go(func() { _ = second.wait() })
	sessions.Wait()
}
