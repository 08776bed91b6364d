package neverclosedrange

import (
	"context"
	"sync"
)

func closedByProducer(numbers []int) int {
	squares := make(chan int)
	go func() {
		defer close(squares)
		for _, n := range numbers {
			squares <- n * n
		}
	}()
	total := 0
	for s := range squares {
		total += s
	}
	return total
}

func closedAfterWait(urls []string, fetch func(string) string) []string {
	pages := make(chan string)
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			pages <- fetch(url)
		}()
	}
	go func() {
		wg.Wait()
		close(pages)
	}()
	var all []string
	for page := range pages {
		all = append(all, page)
	}
	return all
}

type item struct {
	value int
	last  bool
}

func leavesAfterLast(numbers []int) int {
	items := make(chan item)
	go func() {
		for _, n := range numbers {
			items <- item{value: n}
		}
		items <- item{last: true}
	}()
	total := 0
	for i := range items {
		if i.last {
			break
		}
		total += i.value
	}
	return total
}

// Whoever has the channel closes it.
func worker(jobs <-chan func()) {
	go func() {
		for job := range jobs {
			job()
		}
	}()
}

func start() chan<- func() {
	jobs := make(chan func())
	go func() {
		for job := range jobs {
			job()
		}
	}()
	return jobs
}

type spooler struct {
	lines chan string
}

func newSpooler(write func(string)) *spooler {
	s := &spooler{lines: make(chan string)}
	go func() {
		for l := range s.lines {
			write(l)
		}
	}()
	return s
}

func (s *spooler) Print(line string) { s.lines <- line }

func (s *spooler) Close() { close(s.lines) }

func countsThem(ctx context.Context, numbers []int) int {
	squares := make(chan int, len(numbers))
	for _, n := range numbers {
		squares <- n * n
	}
	total := 0
	for range numbers {
		select {
		case s := <-squares:
			total += s
		case <-ctx.Done():
			return total
		}
	}
	return total
}
