// Package leaky takes locks that are kept in a remote store.
package leaky

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The reasons for which a lock is not taken.
var (
	ErrTimeout = errors.New("store does not answer")
	ErrHeld    = errors.New("lock is held by another owner")
)

// Store keeps locks.
type Store interface {
	// Acquire returns the owner of a lock, which is the given one when nobody had it.
	Acquire(key, owner string) (string, error)
}

// Options say how long a locker tries.
type Options struct {
	Attempts int
	Timeout  time.Duration
	Backoff  time.Duration
}

// Locker takes locks for one owner.
type Locker struct {
	store   Store
	owner   string
	options Options
}

type answer struct {
	owner string
	err   error
}

// NewLocker returns a locker.
func NewLocker(store Store, owner string, options Options) *Locker {
	return &Locker{store: store, owner: owner, options: options}
}

// Lock takes a lock.
func (l *Locker) Lock(ctx context.Context, key string) error {
	var last error
	for attempt := 1; attempt <= l.options.Attempts; attempt++ {
		last = l.try(ctx, key)
		if last == nil || errors.Is(last, context.Canceled) {
			return last
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(l.options.Backoff * time.Duration(attempt)):
		}
	}
	return fmt.Errorf("lock %s: %w", key, last)
}

func (l *Locker) try(ctx context.Context, key string) error {
	answers := make(chan answer)
	go l.acquire(key, answers)
	select {
	case a := <-answers:
		return l.check(a)
	case <-time.After(l.options.Timeout):
		return ErrTimeout
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Locker) acquire(key string, answers chan<- answer) {
	owner, err := l.store.Acquire(key, l.owner)
	answers <- answer{owner: owner, err: err} // blocked: abandoned-send
}

func (l *Locker) check(a answer) error {
	switch {
	case a.err != nil:
		return a.err
	case a.owner != l.owner:
		return ErrHeld
	default:
		return nil
	}
}
