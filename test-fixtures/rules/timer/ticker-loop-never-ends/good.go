package tickerloop

import (
	"context"
	"log"
	"os"
	"sync"
	"time"
)

func withContext(ctx context.Context, work func()) {
	go func() {
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				work()
			}
		}
	}()
}

type worker struct {
	ticker *time.Ticker
	quit   chan struct{}
}

func (w *worker) Start() {
	go w.run()
}

func (w *worker) run() {
	for {
		select {
		case <-w.ticker.C:
			log.Print("tick")
		case <-w.quit:
			w.ticker.Stop()
			return
		}
	}
}

func untilDone(done func() bool) {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for range t.C {
			if done() {
				break
			}
		}
		log.Print("done")
	}()
}

func labelled(quit <-chan struct{}) {
	go func() {
		t := time.NewTicker(time.Second)
		defer t.Stop()
	loop:
		for {
			select {
			case <-t.C:
			case <-quit:
				break loop
			}
		}
	}()
}

func endsTheProcess(alive func() bool) {
	go func() {
		for range time.Tick(time.Second) {
			if !alive() {
				os.Exit(3)
			}
		}
	}()
}

// Tells the time for the whole program.
func init() {
	go func() {
		for now := range time.Tick(time.Second) {
			setClock(now)
		}
	}()
}

var (
	clockMu sync.Mutex
	clock   time.Time
)

func setClock(now time.Time) {
	clockMu.Lock()
	defer clockMu.Unlock()
	clock = now
}

var flushOnce sync.Once

func Flush(write func()) {
	flushOnce.Do(func() {
		go flushLoop(write)
	})
}

func flushLoop(write func()) {
	for range time.Tick(time.Minute) {
		write()
	}
}

var arbiter struct {
	sync.Mutex
	started bool
}

// Started at most once, whoever calls.
func Track(update func()) {
	arbiter.Lock()
	defer arbiter.Unlock()
	if !arbiter.started {
		arbiter.started = true
		go func() {
			for range time.Tick(5 * time.Second) {
				update()
			}
		}()
	}
}

func Meant(work func()) {
	//hygiene:daemon statistics are kept as long as the process lives
	go func() {
		for range time.Tick(time.Second) {
			work()
		}
	}()
}

// A channel of times that somebody may close.
func ranged(ticks <-chan time.Time, work func()) {
	go func() {
		for range ticks {
			work()
		}
	}()
}

// What a test or a simulation gives it may be closed.
type timepiece struct {
	ticker *time.Ticker
	beats  <-chan time.Time
}

func newTimepiece(every time.Duration) *timepiece {
	t := time.NewTicker(every)
	return &timepiece{ticker: t, beats: t.C}
}

func simulated(beats <-chan time.Time) *timepiece { return &timepiece{beats: beats} }

func (c *timepiece) Start(work func()) {
	go func() {
		for range c.beats {
			work()
		}
	}()
}
