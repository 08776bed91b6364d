package owner

import (
	"log"
	"runtime/debug"
	"time"
)

// Metrics are kept as long as the process lives: nothing ends them.
type Metrics struct{ values chan int }

func NewMetrics() *Metrics {
	m := &Metrics{values: make(chan int)}
	go m.collect() // want hint "goroutine-never-exits"
	return m
}

func (m *Metrics) collect() {
	for {
		log.Print(<-m.values)
	}
}

// Closing what is idle is not the end.
func (m *Metrics) CloseIdle() {}

// Started by a method, on a field of the receiver.
type Site struct{ metrics *Metrics }

func (s *Site) Init() {
	go s.metrics.collect() // want hint "goroutine-never-exits"
}

// A result that is an interface of the package.
type Checker interface{ Check() error }

type lastCheck struct{ err error }

func (c *lastCheck) Check() error { return c.err }

func newLast() Checker { return &lastCheck{} }

func Periodic(every time.Duration) Checker {
	c := newLast()
	go func() { // want hint "goroutine-never-exits"
		for {
			log.Print(c.Check())
			time.Sleep(every)
		}
	}()
	return c
}

var registry []*Metrics

func Register() {
	m := &Metrics{}
	registry = append(registry, m)
	go m.collect() // want hint "goroutine-never-exits"
}

var shared = &Metrics{}

func Share() {
	go shared.collect() // want hint "goroutine-never-exits"
}

// Set-up code: the goroutine has nothing of its own but values.
func tune(name string, every time.Duration) {
	debug.SetGCPercent(40)
	for range 2 {
		go func() { // want hint "goroutine-never-exits"
			for {
				log.Print(name)
				time.Sleep(every)
			}
		}()
	}
}

// A method may set things up as well, when its goroutine does not use the receiver.
func (s *Site) tune() {
	tune("site", time.Minute)
	go beat("site") // want hint "goroutine-never-exits"
}
