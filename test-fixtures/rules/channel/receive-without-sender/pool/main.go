// Command pool stops one of its workers.
package main

import (
	"fmt"
	"time"
)

type pool struct {
	jobs chan int
	stop chan struct{}
}

func (p *pool) work(id int) {
	for {
		select { // want "receive-without-sender"
		case job := <-p.jobs:
			fmt.Println(id, job)
		case <-p.stop:
			return
		}
	}
}

func main() {
	p := &pool{jobs: make(chan int), stop: make(chan struct{})}
	for id := range 3 {
		go p.work(id)
	}
	p.jobs <- 1
	// Only one of them hears it.
	p.stop <- struct{}{}
	time.Sleep(10 * time.Millisecond)
}
