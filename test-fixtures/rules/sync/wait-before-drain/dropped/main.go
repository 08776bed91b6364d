// A program sorts letters; those that are not sorted stay counted.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type letter struct {
	to    string
	stamp bool
}

type office struct {
	check   func(letter) bool
	letters chan letter
	open    sync.WaitGroup

	mu    sync.Mutex
	boxes map[string]int
}

func newOffice(clerks int, check func(letter) bool) *office {
	o := &office{check: check, letters: make(chan letter), boxes: make(map[string]int)}
	for range clerks {
		go o.sort()
	}
	return o
}

func (o *office) sort() {
	for l := range o.letters {
		if !o.check(l) {
			continue
		}
		if l.to == "" {
			// Nobody knows where to.
			continue
		}
		o.mu.Lock()
		o.boxes[l.to]++
		o.mu.Unlock()
		o.open.Done()
	}
}

func (o *office) run(letters []letter) map[string]int {
	defer close(o.letters)
	for _, l := range letters {
		o.open.Add(1)
		o.letters <- l
	}
	o.open.Wait() // want "this wait for `o.open` may last for ever"
	return o.boxes
}

func main() {
	o := newOffice(2, func(l letter) bool { return l.stamp && !strings.Contains(l.to, "?") })
	fmt.Println(o.run([]letter{{to: "Bern", stamp: true}, {to: "Rome"}, {stamp: true}}))
}
