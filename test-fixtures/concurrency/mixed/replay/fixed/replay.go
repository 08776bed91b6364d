// Package fixed is a topic whose records can be replayed.
package fixed

import (
	"context"
	"sync"
)

// Topic is a list of records that only grows.
type Topic struct {
	mu      sync.Mutex
	records []string
	readers int
}

// Append adds a record.
func (t *Topic) Append(record string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.records = append(t.records, record)
}

func (t *Topic) replay(ctx context.Context, out chan<- string) {
	defer close(out)
	t.mu.Lock()
	t.readers++
	records := t.records
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.readers--
	}()
	for _, record := range records {
		select {
		case out <- record:
		case <-ctx.Done():
			return
		}
	}
}

// Find returns the first record that a filter accepts.
func (t *Topic) Find(ctx context.Context, accept func(record string) bool) (string, bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	records := make(chan string)
	go t.replay(ctx, records)
	for record := range records {
		if accept(record) {
			return record, true
		}
	}
	return "", false
}

// Ensure appends a record unless the topic has it.
func (t *Topic) Ensure(ctx context.Context, record string) {
	_, found := t.Find(ctx, func(other string) bool { return other == record })
	if !found {
		t.Append(record)
	}
}
