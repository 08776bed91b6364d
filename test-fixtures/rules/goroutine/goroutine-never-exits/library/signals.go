package library

import (
	"os"
	"os/signal"
	"sync"
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

// Reap looks after the children of the process; it is told by a channel that comes from elsewhere.
func Reap(children *sync.Map) {
	died := make(chan os.Signal, 1)
	signal.Notify(died, os.Interrupt)
	go reap(died, children) // want hint "goroutine-never-exits"
}

func reap(died chan os.Signal, children *sync.Map) {
	for {
		<-died
		children.Clear()
	}
}
