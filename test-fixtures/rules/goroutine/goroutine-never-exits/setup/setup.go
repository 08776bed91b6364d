// Package setup starts what belongs to the package itself: nothing ends it, and a second start would make no sense.
package setup

import (
	"errors"
	"log"
	"os"
	"os/exec"
	"sync"
	"time"
)

var (
	mu    sync.Mutex
	feeds = map[string]time.Time{}
	every = make(chan time.Duration)
	saved = make(chan bool)
)

// Init reads what was there and keeps it up to date.
func Init() error {
	if _, err := os.Stat("feeds"); err != nil {
		return err
	}
	go func() { // want hint "goroutine-never-exits"
		for {
			update()
			time.Sleep(time.Minute)
		}
	}()
	return nil
}

func update() {
	mu.Lock()
	defer mu.Unlock()
	for name := range feeds {
		feeds[name] = time.Now()
	}
}

// StartSaving has no other end than that of the process.
func StartSaving() {
	go func() { // want hint "goroutine-never-exits"
		var pause time.Duration
		for {
			pause = <-every
			time.Sleep(pause)
			saved <- true
		}
	}()
}

// Updates starts one more for each who asks.
func Updates() <-chan int {
	out := make(chan int)
	go func() { // want "goroutine-never-exits"
		for {
			out <- len(feeds)
			time.Sleep(time.Minute)
		}
	}()
	return out
}

// Beat has nothing to do with the package.
func Beat() {
	go func() { // want "goroutine-never-exits"
		for {
			log.Print("still here")
			time.Sleep(time.Minute)
		}
	}()
}

// A goroutine that starts itself again after a panic is one goroutine: it is reported where it is started first.
type janitor struct{ closed bool }

func (j *janitor) Open() {
	go j.clean() // want "goroutine-never-exits"
}

func (j *janitor) Close() { j.closed = true }

func (j *janitor) clean() {
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
			time.Sleep(time.Minute)
			go j.clean()
		}
	}()
	for {
		update()
		time.Sleep(time.Hour)
	}
}

// Another one is another matter.
func (j *janitor) sweep() {
	defer func() {
		if r := recover(); r != nil {
			go j.clean() // want "goroutine-never-exits"
		}
	}()
	update()
}

// Whoever asks how the process ended gets the same answer, for ever.
type process struct{ ended chan error }

func (p *process) Close() error { return <-p.ended }

func Run(name string) *process {
	p := &process{ended: make(chan error)}
	cmd := exec.Command(name)
	go func() { // want hint "goroutine-never-exits"
		err := cmd.Run()
		for {
			p.ended <- errors.Join(errors.New("ended"), err)
		}
	}()
	return p
}

// Each number is another one.
type numbers struct{ next chan int }

func (n *numbers) Close() {}

func (n *numbers) count(next func() int) {
	go func() { // want "goroutine-never-exits"
		for {
			n.next <- next()
		}
	}()
}

// What Stop closes makes the send panic, and that ends the goroutine.
type poller struct {
	out   chan string
	names []string
}

func (p *poller) Start() <-chan string {
	p.out = make(chan string, 10)
	go p.loop(p.out) // want hint "goroutine-never-exits"
	return p.out
}

func (p *poller) Stop() { close(p.out) }

func (p *poller) loop(out chan<- string) {
	defer func() {
		_ = recover()
	}()
	for {
		time.Sleep(time.Second)
		for _, name := range p.names {
			out <- name
		}
	}
}

// Nobody closes this one.
type prober struct {
	results chan string
}

func (p *prober) Start() {
	go p.loop() // want "goroutine-never-exits"
}

func (p *prober) Stop() {}

func (p *prober) loop() {
	defer func() {
		_ = recover()
	}()
	for {
		time.Sleep(time.Second)
		p.results <- "up"
	}
}
