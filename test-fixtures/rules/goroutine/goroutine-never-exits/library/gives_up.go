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

func assert(ok bool, what string) {
	if !ok {
		panic(what)
	}
}

// What must hold ends it when it does not.
func inOrder(tick <-chan int, show func(int)) {
	go func() {
		last := 0
		for {
			v := <-tick
			assert(v >= last, "out of order")
			last = v
			show(v)
		}
	}()
}

type program struct {
	fail func(error)
	note func(error)
}

func newProgram() *program {
	return &program{
		fail: func(err error) {
			log.Print(err)
			os.Exit(1)
		},
		note: func(err error) { log.Print(err) },
	}
}

// The function in the field ends the process.
func (p *program) untilItFails(ctx *signals, next func() error) {
	go func() {
		for {
			if err := next(); err != nil {
				p.fail(err)
			}
			<-ctx.tick
		}
	}()
}

// The one in this field does not.
func (p *program) forEver(ctx *signals, next func() error) {
	go func() { // want hint "waits for `<-ctx.tick`"
		for {
			if err := next(); err != nil {
				p.note(err)
			}
			<-ctx.tick
		}
	}()
}

type signals struct{ tick chan int }
