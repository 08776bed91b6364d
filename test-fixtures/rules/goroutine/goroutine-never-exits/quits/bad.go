package quits

import (
	"sync"
	"time"
)

// Board has two goroutines; one of them does not hear that it is closed.
type Board struct {
	posts  chan string
	pinned chan string
	quit   chan struct{}
	gone   chan struct{}
	once   sync.Once
}

func NewBoard() *Board {
	b := &Board{
		posts:  make(chan string),
		pinned: make(chan string),
		quit:   make(chan struct{}),
		gone:   make(chan struct{}),
	}
	go b.read()
	go b.pin() // want "its loop on line 42 waits for `<-b.pinned` again and again and has no way out"
	return b
}

func (b *Board) read() {
	defer close(b.gone)
	for {
		select {
		case p := <-b.posts:
			println(p)
		case <-b.quit:
			return
		}
	}
}

func (b *Board) pin() {
	for {
		select {
		case p := <-b.pinned:
			println(p)
		}
	}
}

func (b *Board) Post(text string) {
	select {
	case b.posts <- text:
	case <-b.quit:
	}
}

func (b *Board) Pin(text string) {
	select {
	case b.pinned <- text:
	case <-b.quit:
	}
}

func (b *Board) Close() {
	b.once.Do(func() { close(b.quit) })
	<-b.gone
}

// Sweeper sleeps between its turns.
type Sweeper struct {
	mu    sync.Mutex
	ages  map[string]time.Time
	ended chan struct{}
}

func NewSweeper(every time.Duration) *Sweeper {
	s := &Sweeper{ages: make(map[string]time.Time), ended: make(chan struct{})}
	go func() { // want "its loop on line 79 waits for `time.Sleep` again and again and has no way out"
		for {
			time.Sleep(every)
			s.sweep()
		}
	}()
	return s
}

func (s *Sweeper) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.ages)
}

// Touch tells whether the sweeper still runs.
func (s *Sweeper) Touch(key string) bool {
	select {
	case <-s.ended:
		return false
	default:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ages[key] = time.Now()
	return true
}

func (s *Sweeper) Stop() { close(s.ended) }

// Feed sends to its loop when it is closed: a loop that had ended would not take it.
type Feed struct {
	lines chan string
	quit  chan struct{}
}

func NewFeed() *Feed {
	f := &Feed{lines: make(chan string), quit: make(chan struct{})}
	go f.loop() // want "its loop on line 121 waits for `<-f.lines`"
	return f
}

func (f *Feed) loop() {
	for {
		println(<-f.lines)
	}
}

func (f *Feed) IsOpen() bool {
	select {
	case <-f.quit:
		return false
	default:
		return true
	}
}

func (f *Feed) Close() {
	close(f.quit)
	f.lines <- "end"
}
