package unboundedgoroutines

import (
	"context"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
)

type message struct{ text string }

func eachMessage(messages <-chan message, handle func(message)) {
	for m := range messages {
		go handle(m) // want "unbounded-goroutines: the loop on line 14 starts a goroutine for each value it receives"
	}
}

func eachReceived(messages <-chan message, handle func(message)) {
	for {
		m, ok := <-messages
		if !ok {
			return
		}
		go func() { // want "the loop on line 20 starts a goroutine for each value it receives"
			handle(m)
		}()
	}
}

func eachURL(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() { // want "the loop on line 33 starts a goroutine that waits for a peer for each item of `urls`"
			defer wg.Done()
			http.Head(url)
		}()
	}
	wg.Wait()
}

func eachInWaitGroup(urls map[string]bool) {
	var wg sync.WaitGroup
	for url := range urls {
		wg.Go(func() { // want "for each item of `urls`"
			http.Head(url)
		})
	}
	wg.Wait()
}

func eachInGroup(ctx context.Context, urls []string) error {
	g, _ := errgroup.WithContext(ctx)
	for _, url := range urls {
		g.Go(func() error { // want "for each item of `urls`"
			_, err := http.Head(url)
			return err
		})
	}
	return g.Wait()
}

func eachMessageInGroup(messages <-chan message, handle func(message) error) error {
	var g errgroup.Group
	for m := range messages {
		g.Go(func() error { return handle(m) }) // want "for each value it receives"
	}
	return g.Wait()
}

type counter struct {
	mu   sync.Mutex
	seen map[string]int
}

// A lock holds them up, and more of them come meanwhile.
func (c *counter) countAll(words <-chan string) {
	for word := range words {
		go func() { // want "starts a goroutine for each value it receives"
			c.mu.Lock()
			defer c.mu.Unlock()
			c.seen[word]++
		}()
	}
}
