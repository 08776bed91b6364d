//go:build go1.21

package loopvariable

import (
	"errors"
	"log"
	"sync"
)

func argument(urls []string, fetch func(string)) {
	for _, url := range urls {
		go func(url string) {
			fetch(url)
		}(url)
	}
}

func copied(urls []string, fetch func(string)) {
	for _, url := range urls {
		url := url
		go func() {
			fetch(url)
		}()
	}
}

func joinedInTurn(urls []string, fetch func(string)) {
	for _, url := range urls {
		done := make(chan struct{})
		go func() {
			defer close(done)
			fetch(url)
		}()
		<-done
	}
}

func joinedByGroup(batches [][]string, fetch func(string)) {
	for _, batch := range batches {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, u := range batch {
				fetch(u)
			}
		}()
		wg.Wait()
	}
}

func joinedByHelper(urls []string, fetch func(string), wait func(chan error) error) error {
	for _, url := range urls {
		errc := make(chan error, 1)
		go func() {
			fetch(url)
			errc <- nil
		}()
		if err := wait(errc); err != nil {
			return err
		}
	}
	return nil
}

func leavesAtOnce(urls []string, fetch func(string)) error {
	for _, url := range urls {
		if url != "" {
			go func() { fetch(url) }()
			return nil
		}
	}
	return errors.New("no URL")
}

func runsAtOnce(urls []string) {
	for _, url := range urls {
		func() {
			defer func() { log.Print(url) }()
			log.Print("start")
		}()
	}
}

func otherVariable(urls []string, fetch func(string)) {
	for range urls {
		go func() {
			for _, url := range urls {
				fetch(url)
			}
		}()
	}
}

func constant(n int, work func(int)) {
	for limit, i := 10, 0; i < n; i++ {
		go func() { work(limit) }()
	}
}

// There is one row, so that nothing comes after it.
func oneRow(fetch func(string)) {
	urls := []string{"https://example.org/a"}
	for _, url := range urls {
		go func() { fetch(url) }() // vet-only
	}
	for _, url := range []string{"https://example.org/b"} {
		go func() { fetch(url) }() // vet-only
	}
}
