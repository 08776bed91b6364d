package ignoredloadorstore

import (
	"net"
	"os"
	"sync"
	"time"
)

var conns sync.Map

type pool struct {
	workers sync.Map
	files   *sync.Map
}

type worker struct {
	jobs chan func()
}

func newWorker() *worker {
	w := &worker{jobs: make(chan func())}
	go w.run()
	return w
}

func (w *worker) run() {
	for job := range w.jobs {
		job()
	}
}

func dial(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	actual, _ := conns.LoadOrStore(addr, conn) // want "ignored-loadorstore: `conns` may hold a value already: then `conn` from `net.Dial` is dropped, and nobody releases it"
	return actual.(net.Conn), nil
}

// The result is ignored altogether.
func remember(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	conns.LoadOrStore(addr, conn) // want "ignored-loadorstore: "
	return nil
}

func (p *pool) worker(name string) *worker {
	w, _ := p.workers.LoadOrStore(name, newWorker()) // want "ignored-loadorstore: `p.workers` may hold a value already: then `newWorker\\(\\)` is dropped, and the goroutine started for it stays"
	return w.(*worker)
}

// A look before does not help: two goroutines may both find nothing.
func (p *pool) looked(name string) *worker {
	if w, ok := p.workers.Load(name); ok {
		return w.(*worker)
	}
	made := newWorker()
	w, _ := p.workers.LoadOrStore(name, made) // want "ignored-loadorstore: .*`made`"
	return w.(*worker)
}

func (p *pool) file(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	kept, _ := p.files.LoadOrStore(name, f) // want "ignored-loadorstore: .*`f` from `os.Open`"
	return kept.(*os.File), nil
}

func ticker(tickers *sync.Map, name string) *time.Ticker {
	t := time.NewTicker(time.Second)
	kept, _ := tickers.LoadOrStore(name, t) // want "ignored-loadorstore: .*`t` from `time.NewTicker`"
	return kept.(*time.Ticker)
}
