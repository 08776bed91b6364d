package afterfuncleak

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"os/exec"
	"time"
)

func Within(limit time.Duration, work func() error) error {
	result := make(chan error, 2)
	time.AfterFunc(limit, func() { // want "afterfunc-leak: nobody can stop this timer: .* keeps `result` .* until `limit` is over"
		result <- errors.New("took too long")
	})
	go func() { result <- work() }()
	return <-result
}

func Greet(addr string, limit time.Duration) ([]byte, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	time.AfterFunc(limit, func() { // want "afterfunc-leak: .*`c`"
		log.Printf("%s takes too long", addr)
		_ = c.Close()
	})
	return io.ReadAll(c)
}

func Query(parent context.Context, query func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	time.AfterFunc(5*time.Minute, cancel) // want "afterfunc-leak: .*`5\\*time.Minute`"
	err := query(ctx)
	if err != nil {
		cancel()
	}
	return err
}

func Run(name string, limit time.Duration) error {
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return err
	}
	time.AfterFunc(limit, func() { // want "afterfunc-leak: .*`cmd`"
		cmd.Process.Kill()
	})
	return cmd.Wait()
}

func Done(limit time.Duration, ready <-chan int) (int, bool) {
	late := make(chan struct{})
	if limit > 0 {
		time.AfterFunc(limit, func() { close(late) }) // want "afterfunc-leak: .*`late`"
	}
	select {
	case n := <-ready:
		return n, true
	case <-late:
		return 0, false
	}
}

func Handle(w http.ResponseWriter, r *http.Request) {
	time.AfterFunc(time.Minute, func() { // want "afterfunc-leak: .* keeps the request of `r` until `time.Minute` is over"
		log.Printf("%s was a minute ago", r.URL)
	})
	w.WriteHeader(http.StatusAccepted)
}
