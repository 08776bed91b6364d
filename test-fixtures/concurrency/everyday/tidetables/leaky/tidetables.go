// Package leaky computes when the tide is high.
package leaky

import (
	"errors"
	"sync"
)

// Gauge is a place where the water is measured.
type Gauge interface {
	HighTide(day int) (minute int, err error)
}

// Table has one line for each day and gauge.
type Table struct {
	gauges []Gauge
}

// NewTable makes an empty table.
func NewTable(gauges ...Gauge) *Table {
	return &Table{gauges: gauges}
}

type line struct {
	day, minute int
	err         error
}

// Lines asks all gauges for the days from first to last.
func (t *Table) Lines(first, last int) (map[int]int, error) {
	lines := make(chan line, len(t.gauges))
	var asked sync.WaitGroup
	for i := 0; i < len(t.gauges); i++ {
		gauge := t.gauges[i]
		asked.Add(1)
		go func() {
			defer asked.Done()
			for day := first; day <= last; day++ {
				minute, err := gauge.HighTide(day)
				lines <- line{day, minute, err} // blocked: wait-before-drain|abandoned-send|surplus-senders
			}
		}()
	}
	asked.Wait() // blocked: wait-before-drain
	close(lines)

	latest := make(map[int]int)
	var failed error
	for l := range lines {
		failed = errors.Join(failed, l.err)
		latest[l.day] = max(latest[l.day], l.minute)
	}
	return latest, failed
}
