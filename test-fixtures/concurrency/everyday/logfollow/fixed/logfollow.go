// Package fixed follows several log files and looks for a word in them.
package fixed

import "strings"

// Follower reads logs until it is told to stop.
type Follower struct {
	lines chan string
	stop  chan struct{}
}

// Follow starts to read; each of the logs gives one line after the other.
func Follow(logs ...func() string) *Follower {
	f := &Follower{lines: make(chan string), stop: make(chan struct{})}
	for _, next := range logs {
		go f.tail(next)
	}
	return f
}

func (f *Follower) tail(next func() string) {
	for {
		line := strings.TrimRight(next(), "\r\n")
		select {
		case f.lines <- line:
		case <-f.stop:
			return
		}
	}
}

// Stop ends the reading.
func (f *Follower) Stop() {
	close(f.stop)
}

// Find returns the first line that contains a word; lines in which it is commented out do not count.
func Find(word string, logs ...func() string) string {
	f := Follow(logs...)
	defer f.Stop()
	for {
		line := <-f.lines
		before, _, found := strings.Cut(line, word)
		if found && !strings.Contains(before, "#") {
			return line
		}
	}
}
