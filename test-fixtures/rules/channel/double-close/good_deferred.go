package doubleclose

import (
	"io"
	"os"
)

type feed struct {
	out  chan []byte
	gone chan struct{}
}

// Only one of the two is deferred.
func (f *feed) serve(r io.Reader, share bool) {
	if !share {
		defer close(f.out)
	}
	buf := make([]byte, 64)
	for {
		n, err := r.Read(buf)
		if err != nil {
			if share {
				close(f.out)
			}
			return
		}
		f.out <- buf[:n]
	}
}

// The other channel.
func (f *feed) leave(r io.Reader) {
	defer close(f.out)
	if _, err := io.Copy(io.Discard, r); err != nil {
		close(f.gone)
	}
}

// The channel that is closed early is another one by then.
func turns(n int, next func(chan struct{}) bool) {
	turn := make(chan struct{})
	defer close(turn)
	for range n {
		if next(turn) {
			turn = make(chan struct{})
			close(turn)
			turn = nil
		}
	}
}

// Closed before, on a way that never comes to the defer.
func early(r io.Reader, done chan struct{}) {
	if r == nil {
		close(done)
		return
	}
	defer close(done)
	_, _ = io.Copy(io.Discard, r)
}

// The process ends there.
func lastWords(r io.Reader, done chan struct{}) {
	defer close(done)
	if _, err := io.Copy(io.Discard, r); err != nil {
		close(done)
		os.Exit(1)
	}
}

// Prepared for it.
func tolerant(r io.Reader, done chan struct{}) {
	defer func() { _ = recover() }()
	defer close(done)
	if _, err := io.Copy(io.Discard, r); err != nil {
		close(done)
	}
}

// Each call of the literal has a frame of its own.
func nestedClose(r io.Reader, register func(func())) {
	done := make(chan struct{}, 1)
	register(func() { close(done) })
	func() {
		inner := make(chan struct{})
		defer close(inner)
		_, _ = io.Copy(io.Discard, r)
	}()
}

func startFeed() *feed {
	return &feed{out: make(chan []byte), gone: make(chan struct{})}
}
