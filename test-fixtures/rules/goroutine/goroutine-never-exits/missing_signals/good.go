package missing

import (
	"context"
	"log"
	"os"
	"os/signal"
	"reflect"
	"sync"
	"time"
)

// The signal is given by another method, through a once.
type Closed struct {
	quit chan struct{}
	once sync.Once
}

func NewClosed() *Closed {
	c := &Closed{quit: make(chan struct{})}
	go c.run()
	return c
}

func (c *Closed) run() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-c.quit:
			return
		}
	}
}

func (c *Closed) Close() { c.once.Do(c.finish) }

func (c *Closed) finish() { close(c.quit) }

// Its users may close what it gives away.
type Shared struct{ quit chan struct{} }

func NewShared() (*Shared, chan<- struct{}) {
	s := &Shared{quit: make(chan struct{})}
	go s.run()
	return s, s.quit
}

func (s *Shared) run() {
	for {
		select {
		case <-time.After(time.Minute):
		case <-s.quit:
			return
		}
	}
}

// Exported: anybody may.
type Open struct{ Quit chan struct{} }

func NewOpen() *Open {
	o := &Open{Quit: make(chan struct{})}
	go o.run()
	return o
}

func (o *Open) run() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-o.Quit:
			return
		}
	}
}

// Given by its users.
type Given struct{ quit <-chan struct{} }

func NewGiven(quit <-chan struct{}) *Given {
	g := &Given{quit: quit}
	go g.run()
	return g
}

func (g *Given) run() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-g.quit:
			return
		}
	}
}

// Cancelled by what the type keeps.
type Worker struct{ cancel context.CancelFunc }

func NewWorker() *Worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &Worker{cancel}
	go w.run(ctx)
	return w
}

func (w *Worker) run(ctx context.Context) { <-ctx.Done() }

func (w *Worker) Close() { w.cancel() }

// Some callers have a context that ends.
func start(ctx context.Context) { go poll(ctx) }

func StartDetached() { start(context.Background()) }

func StartWith(ctx context.Context) { start(ctx) }

func poll(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// An error leads out, too.
func Retry(ctx context.Context, try func() error) {
	log.Print(ctx.Err())
	go func(ctx context.Context) {
		for ctx.Err() == nil {
			if try() == nil {
				return
			}
		}
	}(context.Background())
}

// It comes with the signals of the process.
type Watch struct{ signals chan os.Signal }

func NewWatch() *Watch {
	w := &Watch{signals: make(chan os.Signal, 1)}
	signal.Notify(w.signals, os.Interrupt)
	go func() {
		for range w.signals {
			log.Print("again")
		}
	}()
	return w
}

func (w *Watch) Close() {}

// Sent by reflection.
type Dynamic struct{ quit chan struct{} }

func NewDynamic() *Dynamic {
	d := &Dynamic{quit: make(chan struct{})}
	go func() {
		select {
		case <-d.quit:
		}
	}()
	return d
}

func (d *Dynamic) Close() { reflect.ValueOf(d.quit).Close() }
