package release

import (
	"errors"
	"strings"
)

// The function that sends is called by the goroutine, and leaves early when a line is wrong.
func parseAll(text string) ([]string, error) {
	fields := make(chan string)
	failed := make(chan error, 1)
	go func() {
		failed <- parseLines(text, fields)
	}()
	var all []string
	for f := range fields { // want "close-skipped"
		all = append(all, f)
	}
	return all, <-failed
}

func parseLines(text string, out chan<- string) error {
	for _, line := range strings.Split(text, "\n") {
		name, _, found := strings.Cut(line, "=")
		if !found {
			return errors.New("no name in " + line)
		}
		out <- name
	}
	// That was all.
	close(out)
	return nil
}

type feed struct {
	items chan int
}

func (f *feed) finish() {
	close(f.items)
}

// A method closes, at the end of some ways only.
func (f *feed) fill(items []int) {
	for _, i := range items {
		if i < 0 {
			return
		}
		f.items <- i
	}
	f.finish()
}

func drain() (sum int) {
	f := &feed{items: make(chan int)}
	go f.fill([]int{1, -1, 2})
	for i := range f.items { // want "close-skipped"
		sum += i
	}
	return sum
}
