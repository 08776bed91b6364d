package leaky

import (
	"context"
	"time"
)

// Drive closes an exporter some time after its context has ended.
func Drive() {
	ctx, cancel := context.WithCancel(context.Background())
	e := Start(ctx, 2, 4, func([]Metric) {})
	e.Export(Metric{"cpu", 0.5})
	cancel()
	time.Sleep(50 * time.Millisecond)
	e.Close()
}
