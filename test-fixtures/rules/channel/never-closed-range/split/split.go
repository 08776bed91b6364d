// Package split sorts the lines of a text.
package split

import (
	"bufio"
	"io"
	"strings"
	"sync"
)

type outputs struct {
	lines chan string
	notes chan string
}

// One goroutine sends on both, and closes one of them.
func divide(in <-chan string) *outputs {
	o := &outputs{lines: make(chan string), notes: make(chan string)}
	go o.copy(in)
	return o
}

func (o *outputs) copy(in <-chan string) {
	defer close(o.lines)
	for line := range in {
		o.lines <- line
		if strings.HasPrefix(line, "#") {
			o.notes <- line
		}
	}
}

func read(r io.Reader) <-chan string {
	out := make(chan string)
	sc := bufio.NewScanner(r)
	go func() {
		defer close(out)
		for sc.Scan() {
			if text := strings.TrimSpace(sc.Text()); text != "" {
				out <- text
			}
		}
	}()
	return out
}

type tally struct{ lines, notes int }

func (t *tally) countLines(in <-chan string) {
	for range in {
		t.lines++
	}
}

func (t *tally) countNotes(in <-chan string) {
	for range in { // want "never-closed-range: nobody closes `in`"
		t.notes++
	}
}

// Count reads all of r.
func Count(r io.Reader) (lines, notes int) {
	o := divide(read(r))
	var t tally
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		t.countLines(o.lines)
	}()
	go func() {
		defer wg.Done()
		t.countNotes(o.notes)
	}()
	wg.Wait()
	return t.lines, t.notes
}
