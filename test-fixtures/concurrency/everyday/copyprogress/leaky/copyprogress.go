// Package leaky copies a stream and shows how far it is.
package leaky

import (
	"errors"
	"fmt"
	"io"
)

// Copy copies src to dst and calls show with the number of bytes that are done.
func Copy(dst io.Writer, src io.Reader, show func(done int64)) (int64, error) {
	chunks := make(chan int)
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		var done int64
		for n := range chunks { // blocked: close-skipped
			done += int64(n)
			show(done)
		}
	}()

	var copied int64
	buffer := make([]byte, 16)
	for {
		n, err := src.Read(buffer)
		if n > 0 {
			if _, err := dst.Write(buffer[:n]); err != nil {
				return copied, fmt.Errorf("after %d bytes: %w", copied, err)
			}
			copied += int64(n)
			chunks <- n
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return copied, err
		}
	}
	close(chunks)
	<-shown
	return copied, nil
}
