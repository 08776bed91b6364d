package zerotimeout

import (
	"context"
	"net"
	"net/http"
	"time"
)

const (
	second    = time.Second
	frame     = 40 * time.Millisecond
	tenth     = second / 10
	immediate = 0
)

type limits struct {
	Timeout  int
	Interval time.Duration
	Delay    seconds
}

type seconds int

// Constants with a unit, however far away it is written.
func withUnit(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 5*second)
	defer cancel()
	time.Sleep(tenth)
	time.Sleep(frame)
	time.Sleep(time.Duration(3) * time.Second)
	return do(ctx)
}

// Somebody who writes an exponent, or a large number, has counted.
func counted() {
	time.Sleep(1e6)
	time.Sleep(250_000_000)
	time.Sleep(2 * 1e9)
}

// Not constant.
func given(ctx context.Context, timeout time.Duration, n int, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	time.Sleep(time.Duration(n) * time.Millisecond)
	time.Sleep(time.Duration(n))
	return do(ctx)
}

// What is to happen at once.
func atOnce(t *time.Timer, f func()) {
	time.Sleep(0)
	time.Sleep(immediate)
	time.AfterFunc(0, f)
	<-time.After(0)
	t.Reset(0)
	<-time.NewTimer(-1).C
}

// Fields of other types, and fields without a limit.
func fields() (limits, *http.Client, net.Dialer) {
	l := limits{Timeout: 30, Interval: 0, Delay: 5}
	l.Timeout = 60
	l.Interval = 2 * time.Second
	return l, &http.Client{Timeout: 0}, net.Dialer{Timeout: 3 * time.Second}
}

// A method of that name that has nothing to do with time.
type counter struct{ n int }

func (c *counter) Reset(to int) { c.n = to }
func (c *counter) Sleep(n int)  { c.n += n }

func other(c *counter) {
	c.Reset(5)
	c.Sleep(10)
}

// The unit is part of the sum.
func sum() {
	time.Sleep(time.Millisecond + 1)
	time.Sleep(time.Second - 5)
}

// Made now, set later.
func later(resets <-chan time.Duration, f func()) {
	t := time.NewTimer(10)
	t.Stop()
	for {
		select {
		case d := <-resets:
			t.Reset(d)
		case <-t.C:
			f()
		}
	}
}
