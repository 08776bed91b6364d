//go:build go1.21

package loopvariable

import (
	"fmt"
	"log"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
)

func fetchAll(urls []string, fetch func(string) error) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := fetch(url); err != nil { // want "loop-variable-capture: the goroutine may read `url` when the loop on line 16 has gone on"
				log.Print(err)
			}
		}()
	}
	wg.Wait()
}

func indexed(n int, results []int, compute func(int) int) {
	done := make(chan struct{})
	for i := 0; i < n; i++ {
		go func() {
			results[i] = compute(i) // want "the goroutine may read `i`"
			done <- struct{}{}
		}()
	}
	for i := 0; i < n; i++ {
		<-done
	}
}

func both(jobs map[string]func()) {
	for name, job := range jobs {
		go func() {
			log.Print(name, job != nil) // want "the goroutine may read `name`"
		}()
	}
}

func group(paths []string) error {
	var g errgroup.Group
	for _, path := range paths {
		g.Go(func() error {
			return os.Remove(path) // want "the goroutine may read `path`"
		})
	}
	return g.Wait()
}

func removeLater(paths []string) {
	for _, p := range paths {
		defer func() {
			os.Remove(p) // want "the deferred function reads `p` after the loop on line 60 has ended"
		}()
	}
}

func conditional(ids []int, notify func(int)) {
	for _, id := range ids {
		if id > 0 {
			go func() { notify(id) }() // want "the goroutine may read `id`"
		}
	}
}

func nested(grid [][]int, visit func(int)) {
	for _, row := range grid {
		for _, cell := range row {
			go func() {
				visit(cell) // want "the goroutine may read `cell`"
			}()
		}
	}
}

func printed(words []string) {
	for i, w := range words {
		w := w
		go func() {
			fmt.Println(i, w) // want "the goroutine may read `i`"
		}()
	}
}
