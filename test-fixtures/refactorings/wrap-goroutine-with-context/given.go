package wrapgoroutinewithcontext

import (
	"context"
	"time"
)

type poller struct {
	jobs chan job
	last time.Time
}

// The method gets a parameter, and so does its other caller's.
func (p *poller) start(ctx context.Context) {
	go p.loop() // refactor
}

func (p *poller) loop() {
	for {
		j := <-p.jobs
		j.run()
	}
}

func (p *poller) again(ctx context.Context) {
	p.loop()
}

// Two functions pass the context on.
func run(ctx context.Context, p *poller) {
	p.begin(time.Second)
}

func (p *poller) begin(every time.Duration) {
	go p.work(every) // refactor
}

func (p *poller) work(every time.Duration) {
	for {
		time.Sleep(every)
		p.last = time.Now()
	}
}

// The function stops the ticker: its goroutine has nothing to do any more.
func progress(work func(), show func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	// Shows where the work is.
	go func() { // refactor
		for range ticker.C {
			show()
		}
	}()
	work()
}

// Nobody else receives.
func firstTwo(next func() int) int {
	numbers := make(chan int)
	for range 3 {
		go func() { // refactor
			for {
				numbers <- next()
			}
		}()
	}
	return <-numbers + <-numbers
}

// The names are taken.
func named(next func() int) int {
	ctx := context.Background()
	cancel := next()
	numbers := make(chan int)
	go func() { // refactor
		for {
			numbers <- next() + cancel
		}
	}()
	_ = ctx
	return <-numbers
}
