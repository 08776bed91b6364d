// Package fixed adds up the sizes of the attachments of a message.
package fixed

import (
	"errors"
	"fmt"
)

// Attachment is a file that comes with a message.
type Attachment struct {
	Name   string
	Inline bool
}

// TotalSize measures all attachments at the same time. Inline ones are part of the text and do not count.
func TotalSize(attachments []Attachment, measure func(name string) (int64, error)) (int64, error) {
	sizes := make(chan int64)
	failures := make(chan error)
	for _, a := range attachments {
		go func() {
			if a.Inline {
				sizes <- 0
				return
			}
			size, err := measure(a.Name)
			if err != nil {
				failures <- fmt.Errorf("%s: %w", a.Name, err)
				return
			}
			sizes <- size
		}()
	}

	var total int64
	var failed error
	for range attachments {
		select {
		case size := <-sizes:
			total += size
		case err := <-failures:
			failed = errors.Join(failed, err)
		}
	}
	return total, failed
}
