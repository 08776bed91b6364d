package wrapgoroutinewithcontext

import (
	"context"
	"net/http"
	"sync"
	"time"
)

type job struct{ id int }

func (j job) run() int { return j.id }

// A select gets an arm.
func dispatch(ctx context.Context, jobs, urgent <-chan job) {
	go func() { // refactor
		for {
			select {
			case j := <-urgent:
				j.run()
			case j := <-jobs:
				if j.id == 0 {
					// Leaves the select, as before.
					break
				}
				j.run()
			}
		}
	}()
}

// A receive takes what follows it into its arm, and the send there may give up, too.
func convert(ctx context.Context, in <-chan job, out chan<- int) {
	go func() { // refactor
		for {
			j := <-in
			// Zero stands for none.
			if j.id == 0 {
				continue
			}
			out <- j.run()
		}
	}()
}

// A loop over a channel that nobody closes goes on after it is closed with what follows.
func collect(ctx context.Context, in <-chan job, report func(int)) {
	go func() { // refactor
		sum := 0
		for j := range in {
			if j.id < 0 {
				break
			}
			sum += j.run() // All of them.
		}
		report(sum)
	}()
}

func drain(ctx context.Context, in <-chan job) {
	go func() { // refactor
		ok := true
		_ = ok
		for range in {
		}
	}()
}

func pairs(ctx context.Context, in <-chan job) {
	go func() { // refactor
		for j := range in {
			ok := j.id > 0
			if ok {
				j.run()
			}
		}
	}()
}

// The text of raw strings stays.
func print(ctx context.Context, in <-chan job, write func(string)) {
	go func() { // refactor
		for range in {
			write(`
one
two
`)
		}
	}()
}

func tick(ctx context.Context, poll func()) {
	go func() { // refactor
		for range time.Tick(time.Second) {
			poll()
		}
	}()
}

func poll(ctx context.Context, look func() error) {
	go func() { // refactor
		for {
			if look() != nil {
				continue
			}
			time.Sleep(time.Minute)
		}
	}()
}

func spin(ctx context.Context, work func()) {
	var mu sync.Mutex
	go func() { // refactor
		for {
			work()
		}
	}()
	mu.Lock()
}

func park(ctx context.Context) {
	go func() { // refactor
		select {}
	}()
}

// A select outside of loops.
func first(ctx context.Context, a, b <-chan job) {
	go func() { // refactor
		select {
		case j := <-a:
			j.run()
		case j := <-b:
			j.run()
		}
	}()
}

func serve(w http.ResponseWriter, r *http.Request, updates <-chan job) {
	go func() { // refactor
		for {
			u := <-updates
			u.run()
		}
	}()
}

// The context that was set last before the start.
func limited(ctx context.Context, jobs <-chan job) context.CancelFunc {
	ctx, cancel := context.WithCancel(ctx)
	go func() { // refactor
		for {
			<-jobs
			time.Sleep(time.Second)
		}
	}()
	return cancel
}

// In the body, too.
func inside(ctx context.Context, jobs <-chan job) {
	go func() {
		for {
			j := <-jobs // refactor
			j.run()
		}
	}()
}

// With a result the function says why it gives up.
func results(ctx context.Context, jobs <-chan job, failed func(error)) {
	loop := func() (int, error) {
		for {
			j := <-jobs
			j.run()
		}
	}
	go loop() // refactor
}
