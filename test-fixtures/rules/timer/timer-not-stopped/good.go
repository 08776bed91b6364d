package timernotstopped

import (
	"context"
	"time"
)

type watched struct {
	timer *time.Timer
	quit  chan struct{}
}

func (c *call) deferred() (int, error) {
	timer := time.NewTimer(c.limit)
	defer timer.Stop()
	select {
	case n := <-c.answers:
		return n, nil
	case <-timer.C:
		return 0, errLate
	}
}

func (c *call) onEachWay() (int, error) {
	timer := time.NewTimer(c.limit)
	select {
	case n := <-c.answers:
		if !timer.Stop() {
			<-timer.C
		}
		return n, nil
	case <-timer.C:
		return 0, errLate
	}
}

// It has always fired.
func pause(d time.Duration) {
	t := time.NewTimer(d)
	<-t.C
}

func pauses(n int, d time.Duration, work func()) {
	t := time.NewTimer(d)
	for {
		<-t.C
		work()
		if n--; n == 0 {
			return
		}
		t.Reset(d)
		<-t.C
	}
}

// Somebody else stops it.
func newWatched(d time.Duration) *watched {
	timer := time.NewTimer(d)
	return &watched{timer: timer, quit: make(chan struct{})}
}

func helped(d time.Duration, quit <-chan struct{}) {
	t := time.NewTimer(d)
	defer stop(t)
	select {
	case <-quit:
	case <-t.C:
	}
}

func stop(t *time.Timer) {
	if !t.Stop() {
		select {
		case <-t.C:
		default:
		}
	}
}

func captured(d time.Duration, quit <-chan struct{}, onEnd func(func())) {
	t := time.NewTimer(d)
	onEnd(func() { t.Stop() })
	select {
	case <-quit:
	case <-t.C:
	}
}

// Its function is meant to run.
func later(ctx context.Context, f func()) {
	t := time.AfterFunc(time.Minute, f)
	if ctx.Err() != nil {
		t.Reset(0)
	}
}

// It fires soon.
func soon(quit <-chan struct{}) bool {
	t := time.NewTimer(100 * time.Millisecond)
	select {
	case <-quit:
		return false
	case <-t.C:
		return true
	}
}

// Once in the life of the process.
func init() {
	t := time.NewTimer(time.Minute)
	select {
	case <-make(chan struct{}):
	case <-t.C:
	default:
	}
}

// Another goroutine waits for it.
func awaitedElsewhere(work func(), late func()) {
	t := time.NewTimer(time.Hour)
	go func() {
		<-t.C
		late()
	}()
	work()
}
