package library

import (
	"os"
	"os/signal"
)

// ServeUntilKilled may be called once or often; signals come as long as the process lives.
func ServeUntilKilled(ignore func(os.Signal), serve func()) {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	go func() { // want hint "goroutine-never-exits"
		for {
			ignore(<-interrupts)
		}
	}()
	serve()
}

// ServeFrom gets its channel from a caller.
func ServeFrom(requests <-chan os.Signal, handle func(os.Signal), serve func()) {
	go func() { // want "goroutine-never-exits"
		for {
			handle(<-requests)
		}
	}()
	serve()
}
