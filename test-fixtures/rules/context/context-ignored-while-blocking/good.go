package contextignoredwhileblocking

import (
	"context"
	"errors"
	"sync"
	"time"
)

// No context.
func poll(ready func() bool) {
	for !ready() {
		time.Sleep(time.Second)
	}
}

// Not in a loop.
func settle(ctx context.Context, c client) {
	time.Sleep(time.Second)
	c.fetch(ctx)
}

func wellBehaved(ctx context.Context, ready func() bool) error {
	for !ready() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return nil
}

const pause = 100 * time.Millisecond

// A short pause of a loop that looks at its context.
func spin(ctx context.Context, ready func() bool) {
	for !ready() && ctx.Err() == nil {
		time.Sleep(pause)
	}
}

// A few short pauses.
func fewTimes(ctx context.Context, c client) {
	for range 5 {
		if _, err := c.fetch(ctx); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// The context is over when this begins.
func drain(ctx context.Context, pending func() int) {
	<-ctx.Done()
	for pending() > 0 {
		time.Sleep(time.Second)
	}
}

func drainInArm(ctx context.Context, in <-chan item, pending func() int) {
	for {
		select {
		case <-in:
		case <-ctx.Done():
			for pending() > 0 {
				time.Sleep(time.Second)
			}
			return
		}
	}
}

// The goroutine is not meant to end with the call.
func detached(ctx context.Context, c client, expired func() bool) {
	c.fetch(ctx)
	go func() {
		for !expired() {
			time.Sleep(time.Minute)
		}
	}()
}

// The result and the error are sent once.
func once(ctx context.Context, c client, errs chan<- error) {
	for {
		select {
		case <-ctx.Done():
			errs <- ctx.Err()
			return
		default:
		}
		if _, err := c.fetch(ctx); err != nil {
			errs <- err
			break
		}
	}
}

type request struct{ answer chan item }

// Who asks waits for the answer.
func serve(ctx context.Context, requests <-chan request) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-requests:
			r.answer <- item{}
		}
	}
}

func serveOne(ctx context.Context, requests <-chan request) {
	var r request
	for {
		select {
		case r = <-requests:
		case <-ctx.Done():
			return
		}
		r.answer <- item{}
	}
}

type boss struct{ results chan item }

// The receiver hears of the end, but receives on until all workers have left.
func (b *boss) gather(ctx context.Context, left <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			println("stopping")
		case it := <-b.results:
			_ = it
		case <-left:
			return
		}
	}
}

func (b *boss) worker(ctx context.Context, c client) {
	for ctx.Err() == nil {
		it, _ := c.fetch(ctx)
		b.results <- it
	}
}

// A limit: what is put in is taken out here.
func limited(ctx context.Context, limit chan struct{}, jobs []func()) {
	for _, job := range jobs {
		if ctx.Err() != nil {
			return
		}
		limit <- struct{}{}
		job()
		<-limit
	}
}

type pool struct {
	jobs    chan item
	results chan item
	wg      sync.WaitGroup
}

func newPool(c client) *pool {
	p := &pool{jobs: make(chan item), results: make(chan item, 100)}
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		for it := range p.jobs {
			_ = it
		}
	}()
	return p
}

// The receiver goes on until the channel is closed.
func (p *pool) feed(ctx context.Context, c client) {
	defer close(p.jobs)
	for ctx.Err() == nil {
		it, _ := c.fetch(ctx)
		p.jobs <- it
	}
}

// There is a buffer, whose size somebody has thought about.
func (p *pool) collect(ctx context.Context, c client) {
	for ctx.Err() == nil {
		it, _ := c.fetch(ctx)
		p.results <- it
	}
}

// Nothing says that the loop ends with the context.
func forward(ctx context.Context, c client, out chan<- item) {
	for {
		it, err := c.fetch(ctx)
		if err != nil {
			return
		}
		out <- it
	}
}

// The call looks at the context, and the pause is short.
func asksOften(ctx context.Context, c client) (item, error) {
	for {
		it, err := c.fetch(ctx)
		if errors.Is(err, context.Canceled) {
			return item{}, err
		}
		if err == nil {
			return it, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// There is room for all that is sent.
func fetchAll(ctx context.Context, c client, names []string) []item {
	todo := make(chan string, len(names))
	found := make(chan item, len(names))
	for _, name := range names {
		todo <- name
	}
	close(todo)
	go fetchSome(ctx, c, todo, found)
	var items []item
	for range names {
		items = append(items, <-found)
	}
	return items
}

func fetchSome(ctx context.Context, c client, todo <-chan string, found chan<- item) {
	for range todo {
		if ctx.Err() != nil {
			found <- item{}
			continue
		}
		it, _ := c.fetch(ctx)
		found <- it
	}
}
