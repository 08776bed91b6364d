package leaky

import (
	"io"
	"time"
)

// Drive stops a flusher that has something to write.
func Drive() {
	f := NewFlusher(io.Discard, time.Minute)
	f.Add([]byte("one"))
	f.Stop()
}
