// Package library starts goroutines for its users, who cannot stop them.
package library

import (
	"context"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

type Queue struct {
	jobs chan func()
	mu   sync.Mutex
	n    int
}

func NewQueue(workers int) *Queue {
	q := &Queue{jobs: make(chan func())}
	for range workers {
		go q.work() // want hint "goroutine-never-exits: this goroutine never ends: its loop on line 29 waits for `<-q.jobs` again and again and has no way out"
	}
	return q
}

// Closing the channel would make it spin.
func (q *Queue) work() {
	for {
		job := <-q.jobs
		if job == nil {
			continue
		}
		job()
	}
}

func Consume(ctx context.Context, jobs, urgent <-chan func()) {
	go func() { // want "waits for `<-urgent`, `<-jobs` again and again"
		for {
			select {
			case job := <-urgent:
				job()
			case job := <-jobs:
				job()
			}
		}
	}()
}

// A context is at hand, but nobody looks at it.
func Poll(ctx context.Context, fetch func(context.Context) error) {
	go func() { // want "waits for `time.Sleep` again and again"
		for {
			if err := fetch(ctx); err != nil {
				log.Print(err)
			}
			time.Sleep(10 * time.Second)
		}
	}()
}

func Produce(ctx context.Context, next func() int) <-chan int {
	out := make(chan int)
	go func() { // want "waits for `out <- …` again and again"
		for {
			out <- next()
		}
	}()
	return out
}

// One more for each request.
func Handle(w http.ResponseWriter, r *http.Request) {
	go watch(r.URL.Path) // want "its loop on line 82 waits for `time.Sleep`"
}

func watch(path string) {
	if path == "" {
		return
	}
	for {
		log.Print(path)
		time.Sleep(time.Second)
	}
}

// The listener may be closed: Accept then fails for ever, and the loop spins.
func Accept(l net.Listener, handle func(net.Conn)) {
	go func() { // want "waits for `l.Accept` again and again"
		for {
			conn, err := l.Accept()
			if err != nil {
				log.Print(err)
				continue
			}
			go handle(conn)
		}
	}()
}

func Spin(ctx context.Context, work func()) {
	go func() { // want "its loop on line 104 has no way out"
		for {
			work()
		}
	}()
}

func Park(ctx context.Context, ready chan<- bool) {
	go func() { // want "the `select {}` on line 113 waits for nothing and can never go on"
		ready <- true
		select {}
	}()
}

// The loop is two calls away.
func Start(q *Queue) {
	go q.run() // want "its loop on line 29 waits for `<-q.jobs`"
}

func (q *Queue) run() {
	log.Print("running")
	q.work()
}

// Wait never returns.
func Both(in <-chan int, handle func(int)) {
	var wg sync.WaitGroup
	wg.Go(func() { // want "waits for `<-in`"
		for {
			handle(<-in)
		}
	})
	wg.Wait()
}

func Retry(ctx context.Context, dial func() error, messages chan string) {
	go func() { // want "waits for `<-messages`"
	again:
		if dial() != nil {
			goto again
		}
		log.Print(<-messages)
		goto again
	}()
}

// The call's result is looked at, but there will be none.
func Serve(q *Queue) {
	go func() { // want "waits for `time.Sleep`"
		if err := q.serve(); err != nil {
			log.Print(err)
		}
	}()
}

func (q *Queue) serve() error {
	for {
		q.mu.Lock()
		q.n++
		q.mu.Unlock()
		time.Sleep(time.Second)
	}
}

// What the end of the context is answered with is there, but the loop goes on.
func AcceptAll(ctx context.Context, l net.Listener, use func(net.Conn)) error {
	go func() { // want "goroutine-never-exits"
		for {
			select {
			case <-ctx.Done():
				_ = l.Close()
			}
		}
	}()
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		use(c)
	}
}

func Drain(ctx context.Context, stale <-chan func()) {
	go func() { // want "goroutine-never-exits"
		for {
			select {
			case <-ctx.Done():
				continue
			case drop := <-stale:
				drop()
			}
		}
	}()
}

func Forget(ctx context.Context, stale <-chan func()) {
	go func() { // want "goroutine-never-exits"
		for {
			select {
			case <-ctx.Done():
			case <-stale:
			}
		}
	}()
}

type door struct{ opened chan string }

func (d *door) count() {
	seen := map[string]int{}
	for {
		name := <-d.opened
		seen[name]++
	}
}

// It returns with the first error, and leaves its helper behind.
func Watch(names func() (string, error)) error {
	d := &door{opened: make(chan string)}
	go d.count() // want "goroutine-never-exits"
	for {
		name, err := names()
		if err != nil {
			return err
		}
		d.opened <- name
	}
}
