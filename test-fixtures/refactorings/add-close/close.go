package addclose

import (
	"log"
	"time"
)

// Cache forgets its items now and then.
type Cache struct {
	items map[string]int
	every time.Duration // how long items stay
}

// NewCache returns an empty cache.
func NewCache(every time.Duration) *Cache {
	c := &Cache{
		items: map[string]int{},
		every: every,
	}
	go c.expire() // refactor
	return c
}

func (c *Cache) expire() {
	for range time.Tick(c.every) {
		clear(c.items)
	}
}

// A literal, and a select.
type queue struct {
	jobs   chan func()
	urgent chan func()
}

func newQueue(size int) (*queue, error) {
	q := &queue{jobs: make(chan func(), size), urgent: make(chan func())}
	// Runs what is put in.
	go func() { // refactor
		for {
			select {
			case job := <-q.urgent:
				job()
			case job := <-q.jobs:
				job()
			}
		}
	}()
	return q, nil
}

func (q *queue) put(job func()) { q.jobs <- job }

// A value that is passed around itself.
type Meter struct{ count chan int }

func NewMeter() Meter {
	m := Meter{count: make(chan int)}
	go m.sum() // refactor
	return m
}

func (m Meter) Add(n int) {
	select {
	case m.count <- n:
	default:
	}
}

func (m Meter) sum() {
	total := 0
	for n := range m.count {
		total += n
	}
	log.Print(total)
}

// Two goroutines, one of them in a function, and a field that has the name.
type Pair[K comparable, V any] struct {
	done  bool
	left  chan K
	right chan V
}

func NewPair[K comparable, V any]() *Pair[K, V] {
	p := new(Pair[K, V])
	p.left, p.right = make(chan K), make(chan V)
	go p.lefts() // refactor
	go rights(p, "right")
	return p
}

func (p *Pair[K, V]) lefts() {
	for {
		k := <-p.left
		log.Print(k)
	}
}

func rights[K comparable, V any](pair *Pair[K, V], name string) {
	for v := range pair.right {
		log.Print(name, v)
	}
}

// The goroutine calls another method, and there is nothing in the struct.
type Heart struct{}

func NewHeart() *Heart {
	h := &Heart{}
	go h.run() // refactor
	return h
}

func (heart *Heart) run() {
	log.Print("started")
	heart.beat()
}

func (heart *Heart) beat() {
	for {
		time.Sleep(time.Second)
		log.Print("beat")
	}
}

// It works on without waiting.
type Miner struct {
	// How many were found.
	found int
}

func NewMiner(try func() bool) *Miner {
	m := &Miner{ // none yet
		found: 0, // so far
	}
	go func() { // refactor
		for {
			if try() {
				m.found++
			}
		}
	}()
	return m
}
