package surplussenders

import (
	"context"
	"sync"
)

func roomForAll(mirrors []string, fetch func(string) string) string {
	answers := make(chan string, len(mirrors))
	for _, mirror := range mirrors {
		go func() { answers <- fetch(mirror) }()
	}
	return <-answers
}

func receivesAll(checks []func() error) error {
	errs := make(chan error)
	for _, check := range checks {
		go func() { errs <- check() }()
	}
	var first error
	for range checks {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}

func givesUp(ctx context.Context, mirrors []string, fetch func(string) string) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan string)
	for _, mirror := range mirrors {
		go func() {
			select {
			case answers <- fetch(mirror):
			case <-ctx.Done():
			}
		}()
	}
	select {
	case a := <-answers:
		return a
	case <-ctx.Done():
		return ""
	}
}

func triesToSend(mirrors []string, fetch func(string) string) string {
	answers := make(chan string, 1)
	for _, mirror := range mirrors {
		go func() {
			select {
			case answers <- fetch(mirror):
			default:
			}
		}()
	}
	return <-answers
}

func drained(checks []func() error) error {
	errs := make(chan error)
	var wg sync.WaitGroup
	for _, check := range checks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- check()
		}()
	}
	go func() {
		wg.Wait()
		close(errs)
	}()
	var first error
	for err := range errs {
		if first == nil {
			first = err
		}
	}
	return first
}

// Whoever gets the channel may receive the rest.
func handedOut(mirrors []string, fetch func(string) string) <-chan string {
	answers := make(chan string)
	for _, mirror := range mirrors {
		go func() { answers <- fetch(mirror) }()
	}
	return answers
}

// The others are received in the background.
func drainsLater(mirrors []string, fetch func(string) string) string {
	answers := make(chan string)
	for _, mirror := range mirrors {
		go func() { answers <- fetch(mirror) }()
	}
	if len(mirrors) == 0 {
		return ""
	}
	first := <-answers
	go func() {
		for range len(mirrors) - 1 {
			<-answers
		}
	}()
	return first
}
