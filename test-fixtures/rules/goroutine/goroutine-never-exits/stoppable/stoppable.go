// Package stoppable has an end, which the goroutine does not see.
package stoppable

import "time"

var (
	queue   = make(chan string)
	stopped bool
)

func Start() {
	go func() { // want "goroutine-never-exits"
		for {
			queue <- "tick"
			time.Sleep(time.Second)
		}
	}()
}

func Stop() { stopped = true }
