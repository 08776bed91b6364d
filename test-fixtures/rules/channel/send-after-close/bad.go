package sendafterclose

import (
	"context"
	"sync"
	"time"
)

func inOrder() {
	c := make(chan int, 1)
	close(c)
	c <- 1 // want "send-after-close: `c` may be closed by now: this send panics"
}

// The receiver closes although the senders go on.
func receiverCloses(jobs []func() int) int {
	results := make(chan int)
	for _, job := range jobs {
		go func() {
			results <- job() // want "send-after-close"
		}()
	}
	first := <-results
	close(results)
	return first
}

func timesOut(work func() error) error {
	errs := make(chan error, 1)
	go func() {
		errs <- work() // want "send-after-close"
	}()
	defer close(errs)
	select {
	case err := <-errs:
		return err
	case <-time.After(time.Second):
		return context.DeadlineExceeded
	}
}

// `Done` comes before the send.
func doneTooEarly(urls []string, fetch func(string) string) []string {
	pages := make(chan string, len(urls))
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			page := fetch(url)
			wg.Done()
			pages <- page // want "send-after-close"
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

func stopsWhileSending(ctx context.Context, next func() int) {
	values := make(chan int, 16)
	go func() {
		for {
			values <- next() // want "send-after-close"
		}
	}()
	<-ctx.Done()
	close(values)
}

// The first of two producers closes for both.
func twoProducers(a, b []int) int {
	out := make(chan int)
	produce := func(values []int) {
		for _, v := range values {
			out <- v // want "send-after-close"
		}
		close(out)
	}
	go produce(a)
	go produce(b)
	sum := 0
	for v := range out {
		sum += v
	}
	return sum
}

// The group is waited for only when the channel is closed.
func gatheredTooLate(names []string) []string {
	found := make(chan string, len(names))
	wg := sync.WaitGroup{}
	for _, name := range names {
		wg.Add(1)
		go func(name string) {
			defer wg.Done()
			found <- name // want "send-after-close"
		}(name)
	}
	close(found)
	wg.Wait()
	var all []string
	for name := range found {
		all = append(all, name)
	}
	return all
}

// That there was a job says nothing of whether it is done.
func anyoneCloses(jobs []func() string) []string {
	found := make(chan string, len(jobs))
	for _, job := range jobs {
		go func() {
			found <- job() // want "send-after-close"
		}()
	}
	if len(jobs) > 0 {
		close(found)
	}
	var all []string
	for s := range found {
		all = append(all, s)
	}
	return all
}
