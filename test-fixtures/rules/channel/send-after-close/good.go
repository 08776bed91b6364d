package sendafterclose

import (
	"context"
	"sync"
	"sync/atomic"
)

func closedBySender(values []int) int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

func closedAfterAll(urls []string, fetch func(string) string) []string {
	pages := make(chan string, len(urls))
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			pages <- fetch(url)
		}()
	}
	wg.Wait()
	close(pages)
	var all []string
	for page := range pages {
		all = append(all, page)
	}
	return all
}

func closedAfterReceive(work func() error) error {
	errs := make(chan error)
	go func() { errs <- work() }()
	err := <-errs
	close(errs)
	return err
}

func neverClosed(ctx context.Context, work func() error) error {
	errs := make(chan error, 1)
	go func() { errs <- work() }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func stopsFirst(ctx context.Context, next func() int) {
	values, stopped := make(chan int, 1), make(chan struct{})
	go func() {
		defer close(stopped)
		for ctx.Err() == nil {
			select {
			case values <- next():
			case <-ctx.Done():
			}
		}
	}()
	<-stopped
	close(values)
}

type outbox struct {
	mu     sync.Mutex
	closed bool
	lines  chan string
}

func newOutbox() *outbox { return &outbox{lines: make(chan string, 10)} }

func (o *outbox) Send(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.lines <- line
	}
}

func (o *outbox) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.closed = true
		close(o.lines)
	}
}

func madeAnew(values []int) {
	out := make(chan int, len(values))
	for _, v := range values {
		out <- v
	}
	close(out)
	out = make(chan int, 1)
	out <- 0
}

// A group that a literal makes is waited for like one that is declared.
func gathered(names []string) []string {
	found := make(chan string, len(names))
	wg := sync.WaitGroup{}
	for _, name := range names {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			found <- name
		}(name)
	}
	wg.Wait()
	close(found)
	var all []string
	for name := range found {
		all = append(all, name)
	}
	return all
}

// The last one closes, and has sent by then.
func lastOneCloses(jobs []func() string) []string {
	left := int64(1)
	found := make(chan string, len(jobs))
	for _, job := range jobs {
		atomic.AddInt64(&left, 1)
		go func() {
			found <- job()
			if atomic.AddInt64(&left, -1) == 0 {
				close(found)
			}
		}()
	}
	if atomic.AddInt64(&left, -1) == 0 {
		close(found)
	}
	var all []string
	for s := range found {
		all = append(all, s)
	}
	return all
}

// Whoever recovers knows that the channel may be closed.
func offer(stop <-chan struct{}) {
	values := make(chan int, 1)
	go func() {
		<-stop
		close(values)
	}()
	func() {
		defer func() { _ = recover() }()
		values <- 1
	}()
}
