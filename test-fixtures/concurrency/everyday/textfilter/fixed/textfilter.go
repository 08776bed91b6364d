// Package fixed sends lines of text through a row of filters.
package fixed

import (
	"strings"
	"sync"
)

// Filter reads lines until there are no more and writes what it makes of them.
type Filter func(in <-chan string, out chan<- string)

// Upper writes everything in capitals.
func Upper(in <-chan string, out chan<- string) {
	for line := range in {
		out <- strings.ToUpper(line)
	}
}

// NoBlanks drops empty lines.
func NoBlanks(in <-chan string, out chan<- string) {
	for line := range in {
		if strings.TrimSpace(line) != "" {
			out <- line
		}
	}
}

// Apply returns what the filters, one after the other, make of a text.
func Apply(text string, filters ...Filter) string {
	first := make(chan string)
	var running sync.WaitGroup
	running.Go(func() {
		defer close(first)
		for line := range strings.SplitSeq(text, "\n") {
			first <- line
		}
	})

	last := first
	for _, filter := range filters {
		in, out := last, make(chan string)
		running.Go(func() {
			defer close(out)
			filter(in, out)
		})
		last = out
	}

	var lines []string
	for line := range last {
		lines = append(lines, line)
	}
	running.Wait()
	return strings.Join(lines, "\n")
}
