// A program sends more than it counts: what is dropped may have been counted or not.
package main

import (
	"fmt"
	"sync"
)

type sample struct {
	name  string
	probe bool
}

type bench struct {
	samples chan sample
	open    sync.WaitGroup
	seen    []string
}

func (b *bench) test() {
	for s := range b.samples {
		if s.probe || s.name == "" {
			continue
		}
		b.seen = append(b.seen, s.name)
		b.open.Done()
	}
}

func main() {
	b := &bench{samples: make(chan sample)}
	go b.test()
	b.samples <- sample{probe: true}
	for _, s := range []sample{{name: "ore"}, {}} {
		b.open.Add(1)
		b.samples <- s
	}
	b.open.Wait() // want "this wait for `b.open` may last for ever"
	close(b.samples)
	fmt.Println(b.seen)
}
