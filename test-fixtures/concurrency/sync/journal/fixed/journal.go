// Package fixed is an append-only journal that starts a new segment when the current one is full.
package fixed

import "sync"

// Archiver is given the segments that are complete.
type Archiver interface {
	Archive(first int, segment []string)
}

// Journal numbers the records it is given.
type Journal struct {
	mu      sync.Mutex
	segment []string
	sealed  int
	limit   int
	archive Archiver
}

// New returns a journal with segments of the given length.
func New(limit int, archive Archiver) *Journal {
	return &Journal{limit: limit, archive: archive}
}

// Len returns the number of records.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.sealed + len(j.segment)
}

// Append adds a record and returns its number.
func (j *Journal) Append(record string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.segment = append(j.segment, record)
	number := j.sealed + len(j.segment)
	if len(j.segment) == j.limit {
		j.rotate()
	}
	return number
}

// Close seals the segment that is not full yet.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.segment) > 0 {
		j.rotate()
	}
}

// rotate is called with the lock held.
func (j *Journal) rotate() {
	j.archive.Archive(j.sealed, j.segment)
	j.sealed += len(j.segment)
	j.segment = nil
}
