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

type gauge struct {
	mu      sync.Mutex
	stopped bool
	reads   int
	level   int
	results chan int
	done    sync.WaitGroup
}

// Goes on until it is stopped: the sleep is how long it may.
func (g *gauge) watch(read func() int) {
	for !g.isStopped() {
		g.mu.Lock()
		g.reads++
		g.level = read()
		g.mu.Unlock()
	}
}

func (g *gauge) isStopped() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.stopped
}

func (g *gauge) forAWhile(read func() int) int {
	go g.watch(read)
	time.Sleep(time.Second)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stopped = true
	return g.reads
}

// Waits for a result by itself.
func (g *gauge) take() { g.set(<-g.results) }

func (g *gauge) set(level int) { g.level = level }

func (g *gauge) later(send func()) int {
	go g.take()
	time.Sleep(time.Millisecond)
	level := g.level
	send()
	return level
}

// Counted, and waited for.
func (g *gauge) measure(read func() int) {
	defer g.done.Done()
	g.set(read())
}

func (g *gauge) both(read func() int) int {
	g.done.Add(2)
	go g.measure(read)
	go g.measure(read)
	time.Sleep(time.Millisecond)
	g.done.Wait()
	return g.level
}

// What is read is not what is written.
func (g *gauge) other(read func() int) int {
	go g.measure(read)
	time.Sleep(time.Millisecond)
	return g.reads
}

// A copy of its own.
func levelOf(g gaugeCopy, read func() int) { g.level = read() }

type gaugeCopy struct{ level int }

func copied(read func() int) int {
	var g gaugeCopy
	go levelOf(g, read)
	time.Sleep(time.Millisecond)
	return g.level
}

// Set anew, not read.
func (g *gauge) reset(read func() int) {
	go g.set(read())
	time.Sleep(time.Millisecond)
	g.level = 0
}
