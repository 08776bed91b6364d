package missingunlock

import "sync"

// A helper locks, and one way through its caller forgets that it did.
type ledger struct {
	mu    sync.Mutex
	lines []string
}

func (l *ledger) begin() { l.mu.Lock() }
func (l *ledger) end()   { l.mu.Unlock() }

func (l *ledger) write(line string) bool {
	l.begin()
	if line == "" {
		return false
	}
	l.lines = append(l.lines, line)
	l.end()
	return true
}

func (l *ledger) count() int {
	l.mu.Lock() // want "missing-unlock: `l.mu` cannot be locked any more: it was locked on line 11, and whoever did that has ended without unlocking it"
	defer l.mu.Unlock()
	return len(l.lines)
}

func audit() {
	l := &ledger{}
	go l.write("")
	println(l.count())
}

// Two locks: only one of them is let go of.
func halves(work func() int) int {
	var first, second sync.Mutex
	done := make(chan int, 1)
	go func() {
		first.Lock()
		second.Lock()
		done <- work()
		first.Unlock()
	}()
	n := <-done
	second.Lock() // want "missing-unlock: `second` cannot be locked any more: it was locked on line 42"
	defer second.Unlock()
	return n
}

// The same goroutine comes back to the lock.
func (l *ledger) drop(keep bool) bool {
	l.mu.Lock()
	if keep {
		return false
	}
	l.lines = nil
	l.mu.Unlock()
	return true
}

func (l *ledger) clear() {
	l.mu.Lock() // want "missing-unlock: `l.mu` cannot be locked any more: it was locked on line 54"
	defer l.mu.Unlock()
	l.lines = nil
}

func refill() {
	l := &ledger{}
	if !l.drop(true) {
		l.clear()
	}
}
