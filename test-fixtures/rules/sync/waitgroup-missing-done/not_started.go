package waitgroupmissingdone

import (
	"context"
	"sync"
)

type lanes struct {
	ctx   context.Context
	slots chan struct{}
	wg    sync.WaitGroup
}

// What is counted is not started on one way.
func (l *lanes) Go(work func()) {
	l.wg.Add(1)
	select {
	case l.slots <- struct{}{}:
	case <-l.ctx.Done():
		return // want "the function returns here without having started the goroutine on line 22 that `l.wg` counts since line 16"
	}
	go func() {
		defer l.wg.Done()
		defer func() { <-l.slots }()
		work()
	}()
}

func (l *lanes) Wait() { l.wg.Wait() }
