package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

func joined(values []int) int {
	total := 0
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, v := range values {
			total += v
		}
	}()
	time.Sleep(time.Millisecond)
	wg.Wait()
	return total
}

func backOff(try func() error) error {
	var err error
	for i := range 5 {
		if err = try(); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return err
}

// Gives the server time to come up.
func serve(l net.Listener) {
	go http.Serve(l, nil)
	time.Sleep(50 * time.Millisecond)
}

// The goroutine goes on; the sleep lets it work for a while.
func sample(read func() int) int64 {
	var n atomic.Int64
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for ctx.Err() == nil {
			n.Add(int64(read()))
		}
	}()
	time.Sleep(time.Second)
	cancel()
	return n.Load()
}

func polled(work func()) bool {
	done := false
	var mu sync.Mutex
	go func() {
		work()
		mu.Lock()
		done = true
		mu.Unlock()
	}()
	for range 100 {
		time.Sleep(10 * time.Millisecond)
		mu.Lock()
		d := done
		mu.Unlock()
		if d {
			return true
		}
	}
	return false
}

// Sleeping before a message is sent: the goroutine waits for it.
func delayed(ch chan string) string {
	var got string
	done := make(chan struct{})
	go func() {
		got = <-ch
		close(done)
	}()
	time.Sleep(time.Millisecond)
	ch <- "x"
	<-done
	return got
}

type service struct {
	mu    sync.Mutex
	state string
}

func (s *service) start() {
	go func() {
		time.Sleep(time.Second)
		s.mu.Lock()
		s.state = "up"
		s.mu.Unlock()
	}()
}

// Something that may wait stands in between.
func awaited(work func(), wait func()) int {
	n := 0
	go func() {
		work()
		n = 1
	}()
	time.Sleep(time.Millisecond)
	wait()
	return n
}

func rateLimited(items []string, send func(string)) {
	for _, it := range items {
		go send(it)
		time.Sleep(time.Second)
	}
}

func written(n int) {
	go fmt.Println(n)
	time.Sleep(time.Millisecond)
}
