package tickerloop

import (
	"context"
	"sync"
	"time"
)

type Table struct {
	every time.Duration
	start sync.Once
}

// Once for each table.
func (t *Table) Start(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	t.start.Do(func() { go t.refresh(ctx) }) // want "waits for `tick.C`"
}

func (t *Table) refresh(context.Context) {
	tick := time.NewTicker(t.every)
	for {
		<-tick.C
	}
}

var startAll sync.Once

// Once for the process.
func StartAll(t *Table) {
	startAll.Do(func() { go t.refresh(context.Background()) })
}
