package main

import (
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type ledger struct {
	mu      sync.Mutex
	entries map[string]int
	written int
	full    atomic.Bool
}

func (l *ledger) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[name]++
}

func (l *ledger) write(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name := range l.entries {
		_, _ = io.WriteString(w, name)
	}
	l.written++
}

func (l *ledger) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.written
}

func (l *ledger) settle() {
	for l.count() < 10 {
		time.Sleep(time.Millisecond)
	}
}

func (l *ledger) spin() {
	for !l.full.Load() {
	}
}

func TestAddWhileWriting(t *testing.T) {
	l := &ledger{entries: map[string]int{}}
	go func() {
		for range 10 {
			l.write(io.Discard)
		}
	}()
	for i := 0; i < 10; i++ {
		l.add("rent")
	}
	time.Sleep(20 * time.Millisecond) // want "this sleep stands for waiting until the goroutine of line 52 has set `l.written`"
	if n := l.count(); n != 10 {
		t.Errorf("written %d times", n)
	}
}

// Waits in a function, or in a loop, before it gives some more time.
func TestSettled(t *testing.T) {
	l := &ledger{entries: map[string]int{}}
	go func() {
		for range 10 {
			l.write(io.Discard)
		}
	}()
	l.settle()
	time.Sleep(20 * time.Millisecond)
	if n := l.count(); n != 10 {
		t.Errorf("written %d times", n)
	}
	go func() {
		l.write(io.Discard)
		l.full.Store(true)
	}()
	l.spin()
	time.Sleep(20 * time.Millisecond)
	if n := l.count(); n != 11 {
		t.Errorf("written %d times", n)
	}
	go func() { l.write(io.Discard) }()
	for l.count() < 12 {
	}
	time.Sleep(20 * time.Millisecond)
	if n := l.count(); n != 12 {
		t.Errorf("written %d times", n)
	}
	go func() { l.write(io.Discard) }()
	for i := 0; i < 100 && l.count() < 13; i++ {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	if n := l.count(); n != 13 {
		t.Errorf("written %d times", n)
	}
}

// What is asked for afterwards may be anything.
func TestOther(t *testing.T) {
	l := &ledger{entries: map[string]int{}}
	other := &ledger{entries: map[string]int{}}
	go func() { l.write(io.Discard) }()
	time.Sleep(20 * time.Millisecond)
	if n := other.count(); n != 0 {
		t.Errorf("written %d times", n)
	}
}
