// Package fixed copies the state of a replica to another one.
package fixed

import (
	"errors"
	"fmt"
	"slices"
)

// ErrNoSpace is returned by a sink that is full.
var ErrNoSpace = errors.New("no space left")

// Sink is where a replica puts a snapshot that it is sent.
type Sink interface {
	Write(offset int, data []byte) error
	Commit(index uint64) error
	Abort()
}

type chunk struct {
	offset int
	data   []byte
}

// Replica is the state at an index of the log.
type Replica struct {
	index uint64
	image []byte
	chunk int
}

// NewReplica returns a replica that is copied in chunks of the given size.
func NewReplica(index uint64, image []byte, chunkSize int) *Replica {
	return &Replica{index: index, image: image, chunk: chunkSize}
}

func (r *Replica) stream(stop <-chan struct{}) <-chan chunk {
	chunks := make(chan chunk, 1)
	go func() {
		defer close(chunks)
		for offset := 0; offset < len(r.image); offset += r.chunk {
			end := min(offset+r.chunk, len(r.image))
			select {
			case chunks <- chunk{offset: offset, data: r.image[offset:end]}:
			case <-stop:
				return
			}
		}
	}()
	return chunks
}

// SendTo copies the replica.
func (r *Replica) SendTo(sink Sink) (err error) {
	defer func() {
		if err != nil {
			sink.Abort()
		}
	}()
	stop := make(chan struct{})
	defer close(stop)
	for c := range r.stream(stop) {
		if err := sink.Write(c.offset, c.data); err != nil {
			return fmt.Errorf("snapshot %d at offset %d: %w", r.index, c.offset, err)
		}
	}
	return sink.Commit(r.index)
}

// File is a sink with a limit.
type File struct {
	limit     int
	data      []byte
	committed uint64
}

// NewFile returns an empty file.
func NewFile(limit int) *File {
	return &File{limit: limit}
}

// Write appends data.
func (f *File) Write(offset int, data []byte) error {
	if offset != len(f.data) {
		return fmt.Errorf("offset %d, want %d", offset, len(f.data))
	}
	if offset+len(data) > f.limit {
		return ErrNoSpace
	}
	f.data = slices.Concat(f.data, data)
	return nil
}

// Commit ends the snapshot.
func (f *File) Commit(index uint64) error {
	f.committed = index
	return nil
}

// Abort drops what is there.
func (f *File) Abort() {
	f.data = nil
}
