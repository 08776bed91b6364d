package tickernotstopped

import (
	"context"
	"time"
)

type loop struct {
	ticker *time.Ticker
	quit   chan struct{}
}

func newLoop(d time.Duration) *loop {
	return &loop{ticker: time.NewTicker(d), quit: make(chan struct{})}
}

func (l *loop) reset(d time.Duration) {
	t := time.NewTicker(d)
	l.ticker = t
}

func (l *loop) Close() {
	l.ticker.Stop()
	close(l.quit)
}

func deferred(ctx context.Context, work func()) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			work()
		case <-ctx.Done():
			return
		}
	}
}

func deferredInClosure(n int, work func()) {
	t := time.NewTicker(time.Second)
	defer func() {
		t.Stop()
		work()
	}()
	for range n {
		<-t.C
	}
}

func onEveryPath(fail func() error) error {
	t := time.NewTicker(time.Second)
	<-t.C
	if err := fail(); err != nil {
		t.Stop()
		return err
	}
	t.Stop()
	return nil
}

func byHelper(n int) {
	t := time.NewTicker(time.Second)
	defer stopAll(t)
	for range n {
		<-t.C
	}
}

func stopAll(tickers ...*time.Ticker) {
	for _, t := range tickers {
		t.Stop()
	}
}

func returned() *time.Ticker {
	t := time.NewTicker(time.Second)
	return t
}

func returnedWithStop() (<-chan time.Time, func()) {
	t := time.NewTicker(time.Second)
	return t.C, t.Stop
}

// Only the way through Stop leaves the loop: the channel of a ticker is never closed.
func onlyWayOut(ctx context.Context, items <-chan int) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		select {
		case <-ctx.Done():
			ticker.Stop()
			return
		case <-items:
		}
	}
}

func goesOnForEver(work func()) {
	t := time.NewTicker(time.Minute)
	for {
		<-t.C
		work()
	}
}

func rangesForEver(work func()) {
	for range time.NewTicker(time.Minute).C {
		work()
	}
}

func stoppedByGoroutine(ctx context.Context, beat func()) {
	ticker := time.NewTicker(5 * time.Second)
	go func() {
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				beat()
			}
		}
	}()
}

func stoppedByCaller(beat func()) (stop func()) {
	ticker := time.NewTicker(5 * time.Second)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
				beat()
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
	}
}

func passedOn(ctx context.Context, work func(context.Context, *time.Ticker)) {
	t := time.NewTicker(time.Second)
	work(ctx, t)
}

// Runs when the package is loaded, once.
var ready = func() bool {
	t := time.NewTicker(time.Millisecond)
	<-t.C
	return true
}()

func init() {
	t := time.NewTicker(time.Millisecond)
	<-t.C
}
