package leaky

import (
	"context"
	"time"
)

type slowStore struct{}

func (slowStore) Acquire(_, owner string) (string, error) {
	time.Sleep(300 * time.Millisecond)
	return owner, nil
}

// Drive takes a lock from a store that answers late.
func Drive() {
	l := NewLocker(slowStore{}, "node-3", Options{
		Attempts: 2,
		Timeout:  50 * time.Millisecond,
		Backoff:  10 * time.Millisecond,
	})
	_ = l.Lock(context.Background(), "compaction")
}
