package main

import (
	"sync/atomic"
	"testing"
	"time"
)

type checkedLock struct {
	held   atomic.Bool
	report func()
}

func (l *checkedLock) Lock() {
	for !l.held.CompareAndSwap(false, true) {
		l.report()
	}
}

func (l *checkedLock) Unlock() { l.held.Store(false) }

// What the goroutine waits for is not known: it may be meant to wait for ever.
func TestReportsTwice(t *testing.T) {
	found := 0
	l := checkedLock{report: func() {}}
	go func() {
		l.Lock()
		l.Lock()
		found++
		l.Unlock()
	}()
	time.Sleep(time.Second) // want "has set `found`"
	if found != 1 {
		t.Fatal(found)
	}
}
