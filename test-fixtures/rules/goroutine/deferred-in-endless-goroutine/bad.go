package deferredinendlessgoroutine

import (
	"context"
	"net"
	"sync"
	"time"
)

type queue struct {
	jobs chan func()
	wg   sync.WaitGroup
	done chan struct{}
}

func Literal(ctx context.Context, jobs <-chan func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done() // want hint "never gets past line 21: whoever waits for `wg` waits forever"
		for {
			select {
			case job := <-jobs:
				job()
			}
		}
	}()
	wg.Wait()
}

func (q *queue) Close() {
	q.wg.Wait()
	<-q.done
}

func (q *queue) Start() {
	q.wg.Add(1)
	go q.loop()
}

func (q *queue) loop() {
	defer q.wg.Done()   // want hint "whoever waits for `q.wg` waits forever"
	defer close(q.done) // want hint "whoever waits for `q.done` to be closed waits forever"
	for {
		job := <-q.jobs
		job()
	}
}

func (q *queue) StartThrough() {
	go func() {
		defer close(q.done) // want hint "never gets past line 53: .* to be closed"
		q.work()
	}()
}

func (q *queue) work() {
	for {
		(<-q.jobs)()
	}
}

func Connection(ctx context.Context, conn net.Conn, in <-chan []byte) {
	go func() {
		defer conn.Close() // want hint "the deferred `conn.Close..` never runs"
		for {
			conn.Write(<-in)
		}
	}()
}

func Ticks(parent context.Context, work func(context.Context)) {
	go func() {
		ctx, cancel := context.WithCancel(parent)
		defer cancel() // want hint "the deferred `cancel..` never runs"
		t := time.NewTicker(time.Second)
		defer t.Stop() // want hint "the deferred `t.Stop..` never runs"
		for {
			<-t.C
			work(ctx)
		}
	}()
}

var started sync.WaitGroup

func init() {
	started.Add(1)
	go func() {
		defer started.Done() // want "whoever waits for `started` waits forever"
		for {
			time.Sleep(time.Second)
		}
	}()
	out := make(chan int)
	go func() {
		defer close(out) // want "whoever waits for `out` to be closed waits forever"
		for {
			out <- 1
		}
	}()
	for range out {
	}
	println("all read")
	over := make(chan struct{})
	go func() {
		defer close(over) // want "whoever waits for `over` to be closed waits forever"
		for {
			time.Sleep(time.Second)
		}
	}()
	<-over
	println("over")
}

func Finish() {
	started.Wait()
	println("finished")
}
