package tickernotstopped

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

var errNotReady = errors.New("not ready")

type poller struct {
	interval time.Duration
	probe    func() (bool, error)
}

// The usual shape: the loop returns, nobody stops.
func (p *poller) wait(ctx context.Context) error {
	ticker := time.NewTicker(p.interval) // want "ticker-not-stopped: `ticker` is not stopped on every way out: after the return on line 30 it goes on ticking"
	for {
		select {
		case <-ticker.C:
			ok, err := p.probe()
			if err != nil {
				ticker.Stop()
				return err
			}
			if ok {
				return nil
			}
		case <-ctx.Done():
			ticker.Stop()
			return ctx.Err()
		}
	}
}

func progress(done <-chan struct{}, report func()) {
	t := time.NewTicker(time.Second) // want "`t` is not stopped on every way out"
	for {
		select {
		case <-t.C:
			report()
		case <-done:
			return
		}
	}
}

// A ticker per attempt.
func retry(attempts int, try func() error) error {
	for range attempts {
		tick := time.NewTicker(100 * time.Millisecond) // want "`tick` is not stopped before the loop makes the next ticker"
		if try() == nil {
			tick.Stop()
			return nil
		}
		<-tick.C
	}
	return errNotReady
}

func countDown(n int) {
	for range time.NewTicker(time.Second).C { // want "the ticker made by `time.NewTicker` is kept nowhere"
		fmt.Println(n)
		if n--; n == 0 {
			return
		}
	}
}

func pace(limit int, send func(int)) {
	pulse := time.NewTicker(time.Millisecond).C // want "is kept nowhere, so nobody can stop it"
	for i := range limit {
		<-pulse
		send(i)
	}
}

func firstTick(quit <-chan struct{}) bool {
	select {
	case <-time.NewTicker(time.Minute).C: // want "is kept nowhere"
		return true
	case <-quit:
		return false
	}
}

// One goroutine has the ticker to itself and ends without stopping it.
func heartbeat(ctx context.Context, beat func()) {
	ticker := time.NewTicker(5 * time.Second) // want "`ticker` is used by the goroutine of line 93 only, and that ends without stopping it"
	go func() {
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

func events(w http.ResponseWriter, r *http.Request) {
	keepAlive := time.NewTicker(15 * time.Second) // want "`keepAlive` is not stopped on every way out"
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "cannot stream", http.StatusNotImplemented)
		return
	}
	defer keepAlive.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-keepAlive.C:
			fmt.Fprint(w, ": ping\n\n")
			flusher.Flush()
		}
	}
}

func replaced(fast bool, until <-chan struct{}) {
	ticker := time.NewTicker(time.Second) // want "`ticker` is overwritten on line 127 before it was stopped"
	if fast {
		ticker = time.NewTicker(time.Millisecond)
	}
	defer ticker.Stop()
	<-until
}

// Who gets the channel needs the ticker for longer than the function runs: nothing stops it here.
type clock struct {
	ticks <-chan time.Time
}

func newClock() *clock {
	c := &clock{
		ticks: time.NewTicker(time.Second).C, // want "is kept nowhere"
	}
	return c
}

func ticks() <-chan time.Time {
	c := time.NewTicker(time.Second).C // want "is kept nowhere"
	return c
}
