package abandonedsend

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"
)

func timeout(resolve func() string) (string, error) {
	answer := make(chan string)
	go func() {
		answer <- resolve() // want "abandoned-send: `answer` is unbuffered and its receiver may leave at line 21 without receiving"
	}()
	select {
	case a := <-answer:
		return a, nil
	case <-time.After(time.Second):
		return "", errors.New("timeout")
	}
}

func earlyReturn(serve func() error, setup func() error) error {
	errc := make(chan error)
	go func() {
		errc <- serve() // want "its receiver may leave at line 31"
	}()
	if err := setup(); err != nil {
		return err
	}
	return <-errc
}

type result struct {
	body string
	err  error
}

func withContext(ctx context.Context, fetch func() (string, error)) (string, error) {
	done := make(chan result)
	go func() {
		body, err := fetch()
		if err != nil {
			done <- result{err: err} // want "its receiver may leave at line 55"
			return
		}
		done <- result{body: body}
	}()
	select {
	case r := <-done:
		return r.body, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func handler(w http.ResponseWriter, r *http.Request) {
	page := make(chan string)
	go render(r.URL.Path, page)
	select {
	case p := <-page:
		fmt.Fprint(w, p)
	case <-r.Context().Done():
	}
}

func render(path string, out chan<- string) {
	out <- "page " + path // want "`page` is unbuffered and its receiver may leave at line 67 without receiving"
}

func perTurn(probes []func() bool) int {
	alive := 0
	for _, probe := range probes {
		ok := make(chan bool)
		go func() {
			ok <- probe() // want "`ok` is unbuffered and its receiver may leave"
		}()
		select {
		case up := <-ok:
			if up {
				alive++
			}
		case <-time.After(time.Second):
		}
	}
	return alive
}

func poll(ctx context.Context, work func() error) error {
	errc := make(chan error)
	go func() {
		errc <- work() // want "its receiver may leave at line 103"
	}()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			fmt.Println("still working")
		case <-ctx.Done():
			return ctx.Err()
		case err := <-errc:
			return err
		}
	}
}

func firstOfTwo(left, right func() int) int {
	l := make(chan int)
	r := make(chan int)
	go func() {
		l <- left() // want "`l` is unbuffered"
	}()
	go func() {
		r <- right() // want "`r` is unbuffered"
	}()
	select {
	case v := <-l:
		return v
	case v := <-r:
		return v
	}
}

func peek(compute func() int) int {
	out := make(chan int)
	go func() {
		defer func() { out <- 0 }() // want "its receiver may leave at line 137"
		compute()
	}()
	select {
	case v := <-out:
		return v
	default:
		return -1
	}
}

func serveUntil(sigs <-chan os.Signal, srv *http.Server) error {
	failed := make(chan error)
	go func() { failed <- srv.ListenAndServe() }() // want "`failed` is unbuffered"
	select {
	case err := <-failed:
		return err
	case <-sigs:
		return srv.Close()
	}
}

type logger interface {
	Errorf(format string, args ...any)
}

// A log goes on after an error.
func logged(log logger, check func() bool) {
	done := make(chan bool)
	go func() { done <- check() }() // want "abandoned-send: `done` is unbuffered"
	select {
	case <-done:
	case <-time.After(time.Second):
		log.Errorf("timed out")
	}
}

// The number says nothing of the one that may still be running.
func firstWithin(first, second func(), limit <-chan time.Time) bool {
	firstDone := make(chan bool)
	go func() { first(); firstDone <- true }() // want "abandoned-send"
	ticks := 0
	for {
		select {
		case <-firstDone:
			second()
		case <-limit:
			ticks++
		}
		if ticks == 3 {
			return true
		}
	}
}
