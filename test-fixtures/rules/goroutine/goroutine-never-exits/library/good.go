package library

import (
	"bufio"
	"context"
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func withContext(ctx context.Context, jobs <-chan func()) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case job := <-jobs:
				job()
			}
		}
	}()
}

func untilClosed(jobs <-chan func()) {
	go func() {
		for job := range jobs {
			job()
		}
	}()
}

func commaOk(jobs <-chan func()) {
	go func() {
		for {
			job, ok := <-jobs
			if !ok {
				return
			}
			job()
		}
	}()
}

// Close of the connection unblocks the read.
func readLoop(conn net.Conn, handle func([]byte)) {
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			handle(buf[:n])
		}
	}()
}

func acceptLoop(l net.Listener, handle func(net.Conn)) {
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				break
			}
			go handle(c)
		}
		log.Print("listener closed")
	}()
}

func endsTheProcess(parent func() int) {
	go func() {
		for {
			if parent() == 1 {
				os.Exit(1)
			}
			time.Sleep(time.Second)
		}
	}()
}

func endsTheGoroutine(stop func() bool) {
	go func() {
		for {
			if stop() {
				runtime.Goexit()
			}
			time.Sleep(time.Second)
		}
	}()
}

func panics(next func() (int, error)) {
	go func() {
		for {
			if _, err := next(); err != nil {
				panic(err)
			}
		}
	}()
}

func scanner(r io.Reader) {
	go func() {
		s := bufio.NewScanner(r)
		for s.Scan() {
			log.Print(s.Text())
		}
	}()
}

// Code that is not seen.
func unknown(run func()) {
	go run()
}

func init() {
	go housekeeping()
	register("collector", func() { go housekeeping() })
}

func register(name string, start func()) { log.Print(name, start != nil) }

func housekeeping() {
	for {
		time.Sleep(time.Hour)
		runtime.GC()
	}
}

var background = startBackground()

func startBackground() chan<- string {
	ch := make(chan string)
	go func() {
		for {
			log.Print(<-ch)
		}
	}()
	return ch
}

var once sync.Once

func Shared() {
	once.Do(startShared)
}

func startShared() {
	go housekeeping()
}

var started atomic.Bool

func Lazily() {
	if !started.CompareAndSwap(false, true) {
		return
	}
	go housekeeping()
}

var sink chan string

func Sink() chan<- string {
	if sink != nil {
		return sink
	}
	sink = make(chan string)
	go func() {
		for {
			log.Print(<-sink)
		}
	}()
	return sink
}

func Meant() {
	go housekeeping() //hygiene:daemon the collector is part of every process
}

// Parks on the way to the end of the process, and only then.
func fatal(err error) {
	log.Print(err)
	go func() { os.Exit(1) }()
	select {}
}

func dial(addr string) {
	go func() {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			fatal(err)
		}
		c.Close()
	}()
}

// A `main` that nobody names, in a package that is not a program: assembly or the linker calls it, once.
func main() {
	startSweeper()
}

func startSweeper() {
	go sweep()
}

func sweep() {
	for {
		time.Sleep(time.Minute)
	}
}

type gate struct{ opened chan string }

func (g *gate) count() {
	seen := map[string]int{}
	for {
		name := <-g.opened
		seen[name]++
	}
}

// It never returns either, so that its helper is needed as long as there is one.
func Guard(names func() (string, error)) {
	g := &gate{opened: make(chan string)}
	go g.count()
	for {
		name, err := names()
		if err != nil {
			continue
		}
		g.opened <- name
	}
}
