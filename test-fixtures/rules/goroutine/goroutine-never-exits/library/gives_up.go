package library

import (
	"log"
	"os"
	"os/signal"
	"time"
)

// The third time it panics.
func escalates(stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		asked := 0
		var late <-chan time.Time
		escalate := func() {
			asked++
			switch asked {
			case 1:
				go stop()
			case 2:
				log.Print("still here")
			default:
				log.Panicln("stuck")
			}
		}
		for {
			select {
			case <-signals:
				if late != nil {
					escalate()
				}
				late = time.After(time.Second)
			case <-late:
				escalate()
			}
		}
	}()
}

// The last one ends the process.
func countsDown(tick <-chan int) {
	go func() {
		left := 3
		lose := func() {
			left--
			if left == 0 {
				os.Exit(1)
			}
		}
		for {
			if <-tick < 0 {
				lose()
			}
		}
	}()
}

// What it hands on to is no end.
func handsOn(tick <-chan int, show func(int)) {
	go func() { // want "waits for `<-tick`"
		note := func(v int) {
			if v < 0 {
				show(-v)
				return
			}
			show(v)
		}
		for {
			note(<-tick)
		}
	}()
}

// An end on all ways, in a function of its own.
func fails(next func() error) {
	go func() {
		fail := func(err error) {
			log.Print(err)
			os.Exit(1)
		}
		for {
			if err := next(); err != nil {
				fail(err)
			}
		}
	}()
}
