package neverclosedrange

import (
	"bufio"
	"io"
	"sync"
)

func sum(numbers []int) int {
	squares := make(chan int)
	go func() {
		for _, n := range numbers {
			squares <- n * n
		}
	}()
	total := 0
	for s := range squares { // want "never-closed-range: nobody closes `squares`: this loop"
		total += s
	}
	return total
}

func readLines(r io.Reader) []string {
	lines := make(chan string)
	go func() {
		// One line at a time.
		scanner := bufio.NewScanner(r)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
	}()
	var all []string
	for line := range lines { // want "never-closed-range"
		all = append(all, line)
	}
	return all
}

func fetchAll(urls []string, fetch func(string) string) []string {
	pages := make(chan string)
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			pages <- fetch(url)
		}()
	}
	var all []string
	for page := range pages { // want "never-closed-range"
		all = append(all, page)
	}
	return all
}

// The goroutine that waits does not close.
func waitsOnly(jobs []func() error) error {
	errs := make(chan error)
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs <- job()
		}()
	}
	go func() {
		wg.Wait()
	}()
	var first error
	for err := range errs { // want "never-closed-range"
		if first == nil {
			first = err
		}
	}
	return first
}

// The worker waits for the next job for ever.
func printAll(items []string, show func(string)) {
	queue := make(chan string)
	go func() {
		for item := range queue { // want "never-closed-range"
			show(item)
		}
	}()
	for _, item := range items {
		queue <- item
	}
}

func consume(jobs <-chan int, work func(int)) {
	for j := range jobs { // want "never-closed-range"
		work(j)
	}
}

func pool(n int, tasks []int, work func(int)) {
	jobs := make(chan int)
	for range 4 {
		go consume(jobs, work)
	}
	for _, t := range tasks {
		jobs <- t
	}
}

func bufferedJobs(tasks []int, work func(int)) {
	jobs := make(chan int, 8)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for j := range jobs { // want "never-closed-range"
			work(j)
		}
	}()
	for _, t := range tasks {
		jobs <- t
	}
	<-done
}
