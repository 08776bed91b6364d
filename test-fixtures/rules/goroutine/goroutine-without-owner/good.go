package goroutinewithoutowner

import (
	"context"
	"io"
	"os"
	"sync"
	"time"
)

type Closable struct {
	jobs chan func()
	quit chan struct{}
}

func NewClosable() *Closable {
	c := &Closable{jobs: make(chan func()), quit: make(chan struct{})}
	go c.run()
	return c
}

func (c *Closable) run() {
	for {
		select {
		case <-c.quit:
			return
		case job := <-c.jobs:
			job()
		}
	}
}

func (c *Closable) Close() { close(c.quit) }

// An owner within the package.
type inner struct{ jobs chan func() }

func newInner() *inner {
	i := &inner{jobs: make(chan func())}
	go func() {
		for job := range i.jobs {
			job()
		}
	}()
	return i
}

func (i *inner) stopAll() { close(i.jobs) }

type Counter struct{ n chan int }

func NewCounter(ctx context.Context) *Counter {
	c := &Counter{n: make(chan int)}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case n := <-c.n:
				println(n)
			}
		}
	}()
	return c
}

func NewStoppable() (*Counter, func()) {
	c := &Counter{n: make(chan int)}
	go func() {
		for n := range c.n {
			println(n)
		}
	}()
	return c, func() { close(c.n) }
}

// It comes to its end.
type Loader struct{ text []byte }

func NewLoader(name string) *Loader {
	l := &Loader{}
	go func() {
		for range 3 {
			l.text, _ = os.ReadFile(name)
		}
	}()
	return l
}

// One for the process.
type registry struct{ names chan string }

func newRegistry() *registry {
	r := &registry{names: make(chan string)}
	go func() {
		for {
			println(<-r.names)
		}
	}()
	return r
}

var names = newRegistry()

type shared struct{ n int }

var (
	once   sync.Once
	single *shared
)

func get() *shared {
	once.Do(func() {
		single = &shared{}
		go func() {
			for {
				time.Sleep(time.Hour)
				single.n++
			}
		}()
	})
	return single
}

// Closed by another function of the package.
type feed struct{ in chan int }

func newFeed() *feed {
	f := &feed{in: make(chan int)}
	go func() {
		for v := range f.in {
			println(v)
		}
	}()
	return f
}

func finishFeed(f *feed) { close(f.in) }

type clock struct{ now time.Time }

func newClock() *clock {
	c := &clock{}
	//hygiene:daemon one for each time zone
	go func() {
		for {
			time.Sleep(time.Second)
			c.now = time.Now()
		}
	}()
	return c
}

// Not a value of the package.
func start(name string) *os.File {
	f, _ := os.Open(name)
	go func() {
		for {
			time.Sleep(time.Second)
			f.Sync()
		}
	}()
	return f
}

type feedReader struct{ source io.ReadCloser }

func newFeedReader(source io.ReadCloser, handle func([]byte)) *feedReader {
	r := &feedReader{source: source}
	go r.listen(handle)
	return r
}

func (r *feedReader) listen(handle func([]byte)) {
	buf := make([]byte, 1024)
	for {
		n, err := r.source.Read(buf)
		if err != nil {
			return
		}
		handle(buf[:n])
	}
}

func (r *feedReader) Destroy() error { return r.source.Close() }
