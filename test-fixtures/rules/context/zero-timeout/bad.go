package zerotimeout

import (
	"context"
	"net"
	"net/http"
	"time"
)

const pollDelay = 250

const (
	noLimit   = 0
	callLimit = 5 * 60
)

type settings struct {
	Interval time.Duration
	Retries  int
}

func call(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, 5) // want "zero-timeout: `5` has no unit, so `context.WithTimeout` gets 5 ns, which is over at once"
	defer cancel()
	return do(ctx)
}

func unlimited(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, noLimit) // want "the limit of `context.WithTimeout` is `noLimit`, so the context is over before anything can use it"
	defer cancel()
	return do(ctx)
}

func negative(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, -1*time.Second, context.Canceled) // want "is `-1\\*time.Second`, so the context is over"
	defer cancel()
	return do(ctx)
}

func long(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, callLimit) // want "`callLimit` has no unit, so `context.WithTimeout` gets 300 ns"
	defer cancel()
	return do(ctx)
}

func poll(ready func() bool) {
	for !ready() {
		time.Sleep(pollDelay) // want "`pollDelay` has no unit, so `time.Sleep` gets 250 ns"
	}
}

func converted(ready func() bool) {
	for !ready() {
		time.Sleep(time.Duration(50)) // want "`time.Duration\\(50\\)` has no unit, so `time.Sleep` gets 50 ns"
	}
}

func pulse(done <-chan struct{}, beat func()) {
	ticker := time.NewTicker(1) // want "`1` has no unit, so `time.NewTicker` gets 1 ns"
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
			beat()
		}
	}
}

func receive(ch <-chan int) int {
	select {
	case v := <-ch:
		return v
	case <-time.After(1000): // want "`1000` has no unit, so `time.After` gets 1000 ns"
		return 0
	}
}

func stopped(beat func()) {
	for range time.Tick(0) { // want "`time.Tick` returns nil because its interval `0` is not positive"
		beat()
	}
}

func crashes() *time.Ticker {
	return time.NewTicker(noLimit) // want "`time.NewTicker` panics because its interval `noLimit` is not positive"
}

func connect(addr string) (net.Conn, error) {
	return net.DialTimeout("tcp", addr, 10) // want "`10` has no unit, so `net.DialTimeout` gets 10 ns"
}

func client() *http.Client {
	return &http.Client{
		Timeout: 30, // want "`30` has no unit, so `Timeout` gets 30 ns"
	}
}

func server(s *settings) *http.Server {
	s.Interval = 500 // want "`500` has no unit, so `Interval` gets 500 ns"
	s.Retries = 500
	return &http.Server{Addr: ":8080", ReadHeaderTimeout: 10} // want "`10` has no unit"
}

func sums() {
	time.Sleep(20 + 5) // want "`20 \\+ 5` has no unit, so `time.Sleep` gets 25 ns"
}
