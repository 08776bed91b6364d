package apart

import (
	"sync"
	"time"
)

type pulse struct {
	mu    sync.Mutex
	beats int
	beat  *time.Ticker
	quit  chan struct{}
}

// run counts the beats.
func (p *pulse) run() {
	for {
		select {
		case <-p.beat.C:
			p.mu.Lock()
			p.beats++
			p.mu.Unlock()
		case <-p.quit:
			return
		}
	}
}

func (p *pulse) Close() {
	close(p.quit)
}

type alarm struct {
	once  sync.Once
	every *time.Ticker
	done  chan struct{}
}

func (a *alarm) due() bool {
	select {
	case <-a.every.C:
		return true
	default:
		return false
	}
}

func (a *alarm) Stop() {
	a.once.Do(func() { close(a.done) })
}
