package leaky

import (
	"context"
	"errors"
	"time"
)

// ErrTimeout says that the storage has not answered in time.
var ErrTimeout = errors.New("storage did not answer in time")

type query struct {
	key   string
	reply chan string
}

// Storage answers queries one after the other.
type Storage struct {
	lookup  func(key string) (string, bool)
	queries chan query
	ended   <-chan struct{}
}

// NewStorage starts a storage that ends with the context.
func NewStorage(ctx context.Context, lookup func(string) (string, bool)) *Storage {
	s := &Storage{lookup: lookup, queries: make(chan query), ended: ctx.Done()}
	go s.run()
	return s
}

func (s *Storage) run() {
	for {
		select {
		case q := <-s.queries:
			value, ok := s.lookup(q.key)
			if !ok {
				continue
			}
			q.reply <- value
		case <-s.ended:
			return
		}
	}
}

// Get gives the value of a key; with a limit of 0 it waits as long as it takes.
func (s *Storage) Get(ctx context.Context, key string, limit time.Duration) (string, error) {
	q := query{key: key, reply: make(chan string, 1)}
	select {
	case s.queries <- q:
	case <-s.ended:
		return "", ErrTimeout
	case <-ctx.Done():
		return "", ctx.Err()
	}
	var expired <-chan time.Time
	if limit > 0 {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		expired = timer.C
	}
	select { // blocked: receive-without-sender|nil-channel
	case value := <-q.reply:
		return value, nil
	case <-expired:
		return "", ErrTimeout
	}
}
