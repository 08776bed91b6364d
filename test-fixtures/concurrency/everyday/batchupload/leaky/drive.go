package leaky

import (
	"errors"
	"slices"
)

// Drive uploads to a server that is down: once with full batches to come, once with only a small one.
func Drive() {
	down := func([]float64) error { return errors.New("service unavailable") }
	for _, count := range []int{9, 3} {
		_, _ = Upload(slices.Values(make([]float64, count)), 2, down)
	}
}
