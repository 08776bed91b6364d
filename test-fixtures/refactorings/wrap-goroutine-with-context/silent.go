package wrapgoroutinewithcontext

import (
	"context"
	"net"
	"time"
)

// It ends already.
func ending(ctx context.Context, jobs <-chan job) {
	go func() { // not offered
		for {
			select {
			case <-ctx.Done():
				return
			case j := <-jobs:
				j.run()
			}
		}
	}()
}

// Somebody closes the channel.
func closed(ctx context.Context) {
	jobs := make(chan job)
	go func() { // not offered
		for j := range jobs {
			j.run()
		}
	}()
	close(jobs)
}

// No context, and the goroutine may outlive the call.
func Start(jobs <-chan job) {
	go func() { // not offered
		for {
			<-jobs
		}
	}()
}

// Callers may be elsewhere.
func StartOther() {
	go other() // not offered
}

func other() {
	for {
		time.Sleep(time.Second)
	}
}

// A test at the top would not end the call.
func accept(ctx context.Context, l net.Listener, serve func(net.Conn)) {
	go func() { // not offered
		for {
			if c, err := l.Accept(); err == nil {
				serve(c)
			}
		}
	}()
}

// The receive within an expression stays as it is.
func within(ctx context.Context, jobs <-chan job) {
	go func() { // not offered
		for {
			(<-jobs).run()
			time.Sleep(time.Second)
		}
	}()
}

// The context ends with the call, the goroutine is to go on.
func ask(parent int, jobs <-chan job) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	go func() { // not offered
		for {
			<-jobs
		}
	}()
	<-ctx.Done()
}

// It is another one later.
func changing(ctx context.Context, jobs <-chan job, next func() context.Context) {
	go func() { // not offered
		for {
			<-jobs
		}
	}()
	ctx = next()
	<-ctx.Done()
}

// Its own context ends when it does.
func own(jobs <-chan job) {
	go func() { // not offered
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		for {
			j := <-jobs
			j.run()
			_ = ctx
		}
	}()
}

type starter interface{ spinUp() }

type engine struct{ jobs chan job }

// The interface asks for the method as it is.
func (e *engine) Begin(ctx context.Context) {
	go e.spinUp() // not offered
}

func (e *engine) spinUp() {
	for {
		<-e.jobs
	}
}

var _ starter = (*engine)(nil)

// The select has an arm by which it ends.
func either(ctx context.Context, jobs <-chan job, finished <-chan struct{}) {
	go func() { // not offered
		select {
		case j := <-jobs:
			j.run()
		case <-finished:
		}
	}()
	done := ctx.Done()
	go func() { // not offered
		select {
		case j := <-jobs:
			j.run()
		case <-done:
			println("at last")
		}
	}()
}

// Within the loop the name means a context of one turn.
func limitedTurns(ctx context.Context, jobs <-chan job) {
	go func() { // not offered
		for {
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			select {
			case j := <-jobs:
				j.run()
				_ = ctx
			}
			cancel()
		}
	}()
}
