package deferredinendlessgoroutine

import (
	"context"
	"log"
	"runtime"
	"sync"
	"time"
)

func wayOut(ctx context.Context, jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-ctx.Done():
				return
			case job := <-jobs:
				job()
			}
		}
	}()
	wg.Wait()
}

func ranges(jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range jobs {
			job()
		}
	}()
	wg.Wait()
}

func exits(jobs <-chan func() bool) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			if !(<-jobs)() {
				runtime.Goexit()
			}
		}
	}()
	wg.Wait()
}

func recovers(jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() {
			if r := recover(); r != nil {
				log.Print(r)
			}
		}()
		for {
			(<-jobs)()
		}
	}()
	wg.Wait()
}

func deferredUnknown(jobs <-chan func(), after func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer after()
		for {
			(<-jobs)()
		}
	}()
	wg.Wait()
}

func panics(jobs <-chan func() error) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			if err := (<-jobs)(); err != nil {
				panic(err)
			}
		}
	}()
	wg.Wait()
}

// The process waits for nothing else.
func init() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			<-t.C
		}
	}()
	wg.Wait()
}

func notOnlyOnGoroutine(jobs <-chan func()) {
	done := make(chan struct{})
	go both(jobs, done)
	both(jobs, done)
}

func both(jobs <-chan func(), done chan struct{}) {
	defer close(done)
	for {
		(<-jobs)()
	}
}

func daemon(jobs <-chan func(), done chan struct{}) {
	//hygiene:daemon serves until the process ends
	go func() {
		defer close(done)
		for {
			(<-jobs)()
		}
	}()
}

func ownFunction(jobs <-chan func(), wg *sync.WaitGroup) {
	go func() {
		for {
			job := <-jobs
			func() {
				defer wg.Done()
				job()
			}()
		}
	}()
}

// A receive is served by what is sent.
func init() {
	ticks := make(chan int)
	go func() {
		defer close(ticks)
		for {
			ticks <- 1
		}
	}()
	<-ticks
	println("one tick")
}
