package zerotimeout

import (
	"context"
	"testing"
	"time"
)

func TestOver(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	if ctx.Err() == nil {
		t.Error("not over")
	}
	soon, stop := context.WithTimeout(context.Background(), 1)
	defer stop()
	<-soon.Done()
	time.Sleep(10)
}

func TestSettings(t *testing.T) {
	if s := (settings{Interval: 123}); s.Interval != 123 {
		t.Error(s)
	}
}

func TestSleeps(t *testing.T) {
	done := make(chan struct{})
	time.AfterFunc(time.Millisecond, func() { close(done) })
	time.Sleep(100) // want "`100` has no unit, so `time.Sleep` gets 100 ns"
	<-done
}
