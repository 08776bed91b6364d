package goroutinewithoutowner

import (
	"os"
	"sync"
	"time"
)

type Cache struct {
	mu    sync.Mutex
	items map[string]int
}

func NewCache(every time.Duration) *Cache {
	c := &Cache{items: map[string]int{}}
	go c.expire(every) // want "goroutine-without-owner: `NewCache` starts a goroutine that goes on, and `Cache` has no `Close` or `Stop`"
	return c
}

func (c *Cache) expire(every time.Duration) {
	for {
		select {
		case <-time.After(every):
			c.mu.Lock()
			clear(c.items)
			c.mu.Unlock()
		}
	}
}

type Queue struct {
	jobs chan func()
}

func (q *Queue) Put(job func()) { q.jobs <- job }

func NewQueue(size int) (*Queue, error) {
	q := &Queue{
		jobs: make(chan func(), size),
	}
	go q.run() // want "`NewQueue` starts a goroutine that goes on, and `Queue` has no"
	return q, nil
}

func (q *Queue) run() {
	for {
		select {
		case job := <-q.jobs:
			job()
		}
	}
}

type Meter struct{ count chan int }

// The literal runs on.
func makeMeter() Meter {
	m := Meter{count: make(chan int)}
	go func() { // want "`makeMeter` starts a goroutine that goes on, and `Meter` has no"
		total := 0
		for n := range m.count {
			total += n
			println(total)
		}
	}()
	return m
}

func (m Meter) Add(n int) { m.count <- n }

type Poller interface {
	Last() string
}

type poller struct{ last string }

func (p *poller) Last() string { return p.last }

// What is made is an interface of the package.
func NewPoller(name string) Poller {
	p := &poller{}
	go func() { // want "`NewPoller` starts a goroutine that goes on, and `Poller` has no"
		for {
			time.Sleep(time.Second)
			text, _ := os.ReadFile(name)
			p.last = string(text)
		}
	}()
	return p
}

var now time.Time

func init() {
	go tick() // want "whoever imports this package gets this goroutine"
}

func tick() {
	for {
		time.Sleep(time.Second)
		now = time.Now()
	}
}

type pair struct{ a, b *Cache }

func newPair() (p pair) {
	p = pair{NewCache(time.Second), NewCache(time.Minute)}
	go func() { // want "`newPair` starts a goroutine that goes on, and `pair` has no"
		for range time.Tick(time.Minute) {
			println(len(p.a.items))
		}
	}()
	return p
}
