// Programs: what is left behind as they end does no harm, what they wait for does.
package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
)

type counter struct {
	ups, downs chan int
	done       chan struct{}
}

func newCounter() *counter {
	return &counter{ups: make(chan int), downs: make(chan int), done: make(chan struct{})}
}

func (c *counter) run(ctx context.Context) {
	defer close(c.done)
	n := 0
	for {
		select {
		case <-ctx.Done():
			return
		case d := <-c.ups:
			n += d
		case d := <-c.downs:
			n -= d
		}
	}
}

func (c *counter) session(work func()) {
	select {
	case c.ups <- 1:
	case <-c.done:
		return
	}
	defer c.end()
	work()
}

func (c *counter) end() {
	c.downs <- 1 // want "abandoned-send: `downs` is unbuffered and the loop that receives from it may have ended at line 25"
}

type tally struct {
	plus, minus chan int
	done        chan struct{}
}

func (t *tally) run(ctx context.Context) {
	defer close(t.done)
	n := 0
	for {
		select {
		case <-ctx.Done():
			return
		case d := <-t.plus:
			n += d
		case d := <-t.minus:
			n -= d
		}
	}
}

func (t *tally) session(work func()) {
	select {
	case t.plus <- 1:
	case <-t.done:
		return
	}
	work()
	t.minus <- 1 // want hint "`minus` is unbuffered and the loop that receives from it may have ended"
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := newCounter()
	go c.run(ctx)
	startTally(ctx)
	var sessions sync.WaitGroup
	for _, arg := range os.Args {
		sessions.Go(func() {
			c.session(func() { println(arg) })
		})
	}
	sessions.Wait()
}

func startTally(ctx context.Context) {
	t := &tally{plus: make(chan int), minus: make(chan int), done: make(chan struct{})}
	go t.run(ctx)
	for _, arg := range os.Args {
		go t.session(func() { println(arg) })
	}
}
