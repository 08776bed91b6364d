// Package fixed sends metrics in batches.
package fixed

import (
	"context"
	"sync"
)

// Metric is a value with a name.
type Metric struct {
	Name  string
	Value float64
}

// Exporter has lanes that each collect and send batches of their own.
type Exporter struct {
	lanes []*lane
	done  sync.WaitGroup
}

type lane struct {
	in    chan Metric
	batch []Metric
	send  func(batch []Metric)
}

func (l *lane) flush() {
	if len(l.batch) > 0 {
		l.send(l.batch)
		l.batch = nil
	}
}

func (l *lane) run(ctx context.Context, done func()) {
	defer done()
	for {
		select {
		case m, ok := <-l.in:
			if !ok {
				l.flush()
				return
			}
			if l.batch = append(l.batch, m); len(l.batch) == cap(l.in) {
				l.flush()
			}
		case <-ctx.Done():
			l.flush()
			return
		}
	}
}

// Start returns an exporter that runs until it is closed or ctx is done.
func Start(ctx context.Context, lanes, size int, send func(batch []Metric)) *Exporter {
	e := new(Exporter)
	for range lanes {
		l := &lane{in: make(chan Metric, size), send: send}
		e.lanes = append(e.lanes, l)
		e.done.Add(1)
		go l.run(ctx, e.done.Done)
	}
	return e
}

// Export queues a metric; it tells false when its lane is full.
func (e *Exporter) Export(m Metric) bool {
	select {
	case e.lanes[len(m.Name)%len(e.lanes)].in <- m:
		return true
	default:
		return false
	}
}

// Close sends what is left.
func (e *Exporter) Close() {
	for _, l := range e.lanes {
		close(l.in)
	}
	e.done.Wait()
}
