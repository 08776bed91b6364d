package tickernotstopped

import (
	"context"
	"time"
)

type lamp struct {
	dim   func()
	rates chan time.Duration
	fail  func() error
}

// The closure stops the last ticker only.
func (l *lamp) blink(ctx context.Context, every time.Duration) {
	beat := time.NewTicker(every)
	defer func() { beat.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			l.dim()
		}
		if next := every / 2; next > time.Second {
			every = next
			beat = time.NewTicker(every) // want "`beat` is not stopped before the loop makes the next ticker: each turn leaves one ticking"
		}
	}
}

// One is replaced once.
func (l *lamp) settle(ctx context.Context, isSlow bool) {
	beat := time.NewTicker(time.Second) // want "`beat` is overwritten on line 39 before it was stopped: the old ticker goes on ticking"
	defer func() {
		beat.Stop()
	}()
	if isSlow {
		beat = time.NewTicker(time.Minute)
	}
	for ctx.Err() == nil {
		<-beat.C
		l.dim()
	}
}

// Only on one way is the old one stopped.
func (l *lamp) follow(ctx context.Context) {
	beat := time.NewTicker(time.Second)
	defer func() { beat.Stop() }()
	for {
		select {
		case <-ctx.Done():
			return
		case rate := <-l.rates:
			if err := l.fail(); err == nil {
				beat.Stop()
			}
			beat = time.NewTicker(rate) // want "`beat` is not stopped before the loop makes the next ticker"
		case <-beat.C:
			l.dim()
		}
	}
}
