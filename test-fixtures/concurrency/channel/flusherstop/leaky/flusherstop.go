package leaky

import (
	"io"
	"time"
)

type lifecycle struct {
	quit chan struct{}
	done chan struct{}
}

func newLifecycle() lifecycle {
	return lifecycle{quit: make(chan struct{}), done: make(chan struct{})}
}

func (l *lifecycle) stop() {
	close(l.quit)
	<-l.done // blocked: receive-without-sender
}

// Flusher collects records and writes them out from time to time.
type Flusher struct {
	lifecycle
	out     io.Writer
	records chan []byte
	pending []byte
}

// NewFlusher starts a flusher.
func NewFlusher(out io.Writer, every time.Duration) *Flusher {
	f := &Flusher{lifecycle: newLifecycle(), out: out, records: make(chan []byte)}
	go f.loop(every)
	return f
}

func (f *Flusher) loop(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	defer f.flush()
	for {
		select {
		case record := <-f.records:
			f.pending = append(f.pending, record...)
		case <-ticker.C:
			f.flush()
		case <-f.quit:
			return
		}
	}
}

func (f *Flusher) flush() {
	if len(f.pending) > 0 {
		_, _ = f.out.Write(f.pending)
		f.pending = f.pending[:0]
	}
}

// Add hands a record over. It must not be called after Stop.
func (f *Flusher) Add(record []byte) {
	f.records <- record
}

// Stop writes what is pending and ends the flusher.
func (f *Flusher) Stop() {
	f.stop()
}
