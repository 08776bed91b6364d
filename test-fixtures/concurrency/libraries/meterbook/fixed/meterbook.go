// Package fixed keeps the readings of meters in one goroutine.
package fixed

import "context"

// Archive stores readings for good.
type Archive interface {
	Add(meter string, value int) error
}

type query struct {
	meter  string
	value  int
	stores bool
	answer chan<- reading
}

type reading struct {
	value int
	err   error
}

// Book knows the last reading of each meter.
type Book struct {
	archive Archive
	queries chan query
	closing chan struct{}
	last    map[string]int
}

// NewBook opens a book.
func NewBook(archive Archive) *Book {
	b := &Book{
		archive: archive,
		queries: make(chan query),
		closing: make(chan struct{}),
		last:    make(map[string]int),
	}
	go b.serve()
	return b
}

func (b *Book) serve() {
	for {
		select {
		case q := <-b.queries:
			q.answer <- b.look(q)
		case <-b.closing:
			return
		}
	}
}

func (b *Book) look(q query) reading {
	if !q.stores {
		return reading{value: b.last[q.meter]}
	}
	if q.value < b.last[q.meter] {
		return reading{value: b.last[q.meter]}
	}
	if err := b.archive.Add(q.meter, q.value); err != nil {
		return reading{err: err}
	}
	b.last[q.meter] = q.value
	return reading{value: q.value}
}

func (b *Book) put(ctx context.Context, q query) (int, error) {
	answer := make(chan reading, 1)
	q.answer = answer
	select {
	case b.queries <- q:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case r := <-answer:
		return r.value, r.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Store notes a reading.
func (b *Book) Store(ctx context.Context, meter string, value int) (int, error) {
	return b.put(ctx, query{meter: meter, value: value, stores: true})
}

// Last gives the last reading of a meter.
func (b *Book) Last(ctx context.Context, meter string) (int, error) {
	return b.put(ctx, query{meter: meter})
}

// Close ends the book.
func (b *Book) Close() { close(b.closing) }
