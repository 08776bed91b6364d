// Package fixed checks the parts of an upload side by side and tells the first thing that is wrong.
package fixed

import (
	"fmt"
	"sync"
)

// Part is a piece of an upload.
type Part struct {
	Number int
	Size   int
}

// Limits are what an upload has to keep.
type Limits struct {
	MinSize int
	MaxSize int
}

func (l Limits) check(p Part) error {
	switch {
	case p.Size < l.MinSize:
		return fmt.Errorf("part %d is too small", p.Number)
	case p.Size > l.MaxSize:
		return fmt.Errorf("part %d is too large", p.Number)
	}
	return nil
}

func each[T any](items []T, check func(item T) error) error {
	var wg sync.WaitGroup
	failures := make(chan error, len(items))
	for _, item := range items {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := check(item); err != nil {
				failures <- err
			}
		}()
	}
	wg.Wait()
	select {
	case err := <-failures:
		return err
	default:
		return nil
	}
}

// Validate returns an error when a part does not keep the limits.
func (l Limits) Validate(parts []Part) error {
	return each(parts, l.check)
}
