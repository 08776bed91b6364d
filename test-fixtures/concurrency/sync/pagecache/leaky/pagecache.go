// Package leaky keeps pages of a file in memory, each behind its own latch.
package leaky

import (
	"bytes"
	"errors"
	"sync"
)

const pageSize = 64

// ErrOutOfPage tells that a write does not fit into its page.
var ErrOutOfPage = errors.New("write crosses the end of the page")

type frame struct {
	latch sync.Mutex
	data  [pageSize]byte
	dirty bool
}

func (f *frame) unpin() {
	f.latch.Unlock()
}

// Pool holds the frames of one file.
type Pool struct {
	mu     sync.Mutex
	frames map[int]*frame
}

// NewPool returns a pool without frames.
func NewPool() *Pool {
	return &Pool{frames: make(map[int]*frame)}
}

// pin returns the frame of a page with its latch held.
func (p *Pool) pin(page int) *frame {
	p.mu.Lock()
	f, ok := p.frames[page]
	if !ok {
		f = new(frame)
		p.frames[page] = f
	}
	p.mu.Unlock()
	f.latch.Lock() // blocked: missing-unlock
	return f
}

// Write changes a part of a page.
func (p *Pool) Write(page, offset int, b []byte) error {
	f := p.pin(page) // blocked: missing-unlock
	if offset+len(b) > pageSize {
		return ErrOutOfPage
	}
	copy(f.data[offset:], b)
	f.dirty = true
	f.unpin()
	return nil
}

// Read returns a copy of a page.
func (p *Pool) Read(page int) []byte {
	f := p.pin(page)
	defer f.unpin()
	return bytes.Clone(f.data[:])
}
