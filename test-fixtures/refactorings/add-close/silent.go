package addclose

import (
	"io"
	"time"
)

// It has an end.
type Closable struct{ jobs chan func() }

func NewClosable() *Closable {
	c := &Closable{jobs: make(chan func())}
	go c.run() // not offered
	return c
}

func (c *Closable) run() {
	for job := range c.jobs {
		job()
	}
}

func (c *Closable) Stop() { close(c.jobs) }

// What it embeds has an end.
type logged struct {
	io.Closer
	lines chan string
}

func newLogged(c io.Closer) *logged {
	l := &logged{Closer: c, lines: make(chan string)}
	go func() { // not offered
		for {
			println(<-l.lines)
		}
	}()
	return l
}

// Another function makes values whose channel would be nil.
type Twice struct{ n int }

func NewTwice() *Twice {
	t := &Twice{}
	go t.count() // not offered
	return t
}

func NewStopped() *Twice { return &Twice{n: 1} }

func (t *Twice) count() {
	for {
		time.Sleep(time.Second)
		t.n++
	}
}

// A value without keys.
type bare struct{ n, m int }

func newBare() *bare {
	b := &bare{1, 2}
	go func() { // not offered
		for {
			time.Sleep(time.Second)
			b.n++
		}
	}()
	return b
}

var _ = bare{3, 4}

// Embedding lends the method to another type.
type inner struct{ n int }

func newInner() *inner {
	i := &inner{}
	go i.run() // not offered
	return i
}

func (i *inner) run() {
	for {
		time.Sleep(time.Second)
		i.n++
	}
}

type outer struct {
	*inner
	io.ReadCloser
}

var _ = outer{}

// The goroutine has no way to the value.
type Watcher struct{ names chan string }

func NewWatcher() *Watcher {
	w := &Watcher{names: make(chan string)}
	go watch(w.names) // not offered
	return w
}

func watch(names chan<- string) {
	for {
		time.Sleep(time.Second)
		names <- "a"
	}
}

// The value is another one later.
func NewSecond() *Second {
	s := &Second{}
	go func() { // not offered
		for {
			time.Sleep(time.Second)
			s.n++
		}
	}()
	s = nil
	return s
}

type Second struct{ n int }

// What is returned is an interface that would not have the method.
type Counter interface{ Count() int }

type counter struct{ n int }

func (c *counter) Count() int { return c.n }

func NewCounter() Counter {
	c := &counter{}
	go func() { // not offered
		for {
			time.Sleep(time.Second)
			c.n++
		}
	}()
	return c
}

// The goroutine ends.
type Once struct{ n int }

func NewOnce() *Once {
	o := &Once{}
	go func() { // not offered
		time.Sleep(time.Second)
		o.n++
	}()
	return o
}

// Who makes it can close the channel.
type sink struct{ n int }

func newSink(in <-chan int) *sink {
	s := &sink{}
	go func() { // not offered
		for n := range in {
			s.n += n
		}
	}()
	return s
}

// Who adds something later would wait for ever.
type Gauge struct{ count chan int }

func NewGauge() Gauge {
	g := Gauge{count: make(chan int)}
	go func() { // not offered
		for n := range g.count {
			println(n)
		}
	}()
	return g
}

func (g Gauge) Add(n int) { g.count <- n }
