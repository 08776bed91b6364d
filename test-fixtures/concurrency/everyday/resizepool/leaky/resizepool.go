// Package leaky makes pictures smaller with a pool of workers.
package leaky

import (
	"errors"
	"fmt"
	"sync"
)

type resized struct {
	name string
	size int
}

// ResizeAll returns the new sizes of the pictures, and all errors there were.
func ResizeAll(names []string, workers int, resize func(name string) (int, error)) (map[string]int, error) {
	jobs := make(chan string)
	results := make(chan resized)
	errs := make(chan error, workers)

	var pool sync.WaitGroup
	for range workers {
		pool.Go(func() {
			for name := range jobs {
				size, err := resize(name)
				if err != nil {
					errs <- fmt.Errorf("resize %s: %w", name, err) // blocked: surplus-senders|wait-before-drain
					continue
				}
				results <- resized{name, size}
			}
		})
	}
	go func() {
		defer close(jobs)
		for _, name := range names {
			jobs <- name
		}
	}()
	go func() {
		pool.Wait()
		close(results)
		close(errs)
	}()

	sizes := make(map[string]int)
	for r := range results {
		sizes[r.name] = r.size
	}
	var failed []error
	for err := range errs {
		failed = append(failed, err)
	}
	return sizes, errors.Join(failed...)
}
