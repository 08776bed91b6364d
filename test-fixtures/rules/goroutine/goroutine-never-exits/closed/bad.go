package closed

import "sync"

type job struct {
	text string
	done chan<- int
}

// Counter closes its jobs, and its workers go on with nil.
type Counter struct {
	jobs chan *job
	once sync.Once
}

func NewCounter(n int) *Counter {
	c := &Counter{jobs: make(chan *job, n)}
	for range n {
		go c.work() // want "once `c.jobs` is closed, its loop on line \\d+ gets zero values from it without waiting and goes round for ever"
	}
	return c
}

func (c *Counter) work() {
	for {
		j := <-c.jobs
		if j == nil {
			continue
		}
		j.done <- len(j.text)
	}
}

func (c *Counter) Count(text string) int {
	done := make(chan int, 1)
	c.jobs <- &job{text: text, done: done}
	return <-done
}

func (c *Counter) Close() { c.once.Do(func() { close(c.jobs) }) }

// Bell rings for each signal.
type Bell struct {
	pushes chan struct{}
	ring   func()
}

func NewBell(ring func()) *Bell {
	b := &Bell{pushes: make(chan struct{}), ring: ring}
	go b.loop() // want "once `b.pushes` is closed"
	return b
}

func (b *Bell) loop() {
	for {
		<-b.pushes
		b.ring()
	}
}

func (b *Bell) Push()  { b.pushes <- struct{}{} }
func (b *Bell) Close() { close(b.pushes) }

// Log says something before it waits, and why it waits.
type Log struct {
	lines chan string
	write func(string)
}

func NewLog(write func(string)) *Log {
	l := &Log{lines: make(chan string), write: write}
	go func() { // want "once `l.lines` is closed"
		for {
			l.write("> ")
			// Lines come one by one.
			line := <-l.lines
			l.write(line)
		}
	}()
	return l
}

func (l *Log) Add(line string) { l.lines <- line }
func (l *Log) Close()          { close(l.lines) }

// Tap drops what it gets, and says how it ended.
type Tap struct{ drops chan int }

func NewTap() *Tap {
	t := &Tap{drops: make(chan int)}
	go t.run() // want "once `t.drops` is closed"
	return t
}

func (t *Tap) run() {
	println("open")
	println(t.count())
}

func (t *Tap) count() (sum int) {
	for {
		d := <-t.drops
		sum += d
	}
}

func (t *Tap) Drop(n int) { t.drops <- n }
func (t *Tap) Close()     { close(t.drops) }
