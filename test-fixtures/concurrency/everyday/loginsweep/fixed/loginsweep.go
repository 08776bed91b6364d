// Package fixed knows who is logged in and logs out who has been away for long.
package fixed

import (
	"iter"
	"slices"
	"sync"
	"time"
)

// Logins remembers when it has last seen each user.
type Logins struct {
	mu   sync.RWMutex
	seen map[string]time.Time
}

// See notes that a user is there.
func (l *Logins) See(user string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = make(map[string]time.Time)
	}
	l.seen[user] = now
}

// Drop logs a user out.
func (l *Logins) Drop(user string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.seen, user)
}

// Away yields the users that were not seen since a time.
func (l *Logins) Away(since time.Time) iter.Seq[string] {
	return func(yield func(string) bool) {
		l.mu.RLock()
		defer l.mu.RUnlock()
		for user, seen := range l.seen {
			if seen.Before(since) && !yield(user) {
				return
			}
		}
	}
}

// Sweep logs out all who are away, and returns how many they were.
func (l *Logins) Sweep(since time.Time) int {
	count := 0
	for _, user := range slices.Collect(l.Away(since)) {
		l.Drop(user)
		count++
	}
	return count
}
