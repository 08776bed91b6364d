package fixed

import (
	"io"
	"sync"
	"time"
)

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) {
	time.Sleep(200 * time.Millisecond)
	return 0, io.ErrClosedPipe
}

// Drive sends on many streams of a connection whose peer is gone.
func Drive() {
	c := NewConn(brokenPipe{})
	var streams sync.WaitGroup
	for id := range uint32(8) {
		streams.Go(func() { _ = c.Send(id, []byte("headers")) })
	}
	streams.Wait()
	_ = c.Close()
}
