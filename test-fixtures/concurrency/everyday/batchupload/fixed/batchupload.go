// Package fixed uploads measurements in batches, and makes the next batch while one is on its way.
package fixed

import (
	"fmt"
	"iter"
)

// Batches groups values until done is closed; the last group may be smaller.
func Batches[T any](done <-chan struct{}, values iter.Seq[T], size int) <-chan []T {
	batches := make(chan []T)
	go func() {
		defer close(batches)
		var batch []T
		for v := range values {
			batch = append(batch, v)
			if len(batch) == size {
				select {
				case batches <- batch:
				case <-done:
					return
				}
				batch = nil
			}
		}
		if len(batch) > 0 {
			select {
			case batches <- batch:
			case <-done:
			}
		}
	}()
	return batches
}

// Upload puts all values in batches and returns how many arrived.
func Upload(values iter.Seq[float64], size int, put func([]float64) error) (int, error) {
	arrived := 0
	done := make(chan struct{})
	defer close(done)
	for batch := range Batches(done, values, size) {
		if err := put(batch); err != nil {
			return arrived, fmt.Errorf("upload after %d values: %w", arrived, err)
		}
		arrived += len(batch)
	}
	return arrived, nil
}
