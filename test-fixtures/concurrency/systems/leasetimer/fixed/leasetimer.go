// Package fixed keeps a lease alive: at regular intervals, and at once when somebody asks for it.
package fixed

import (
	"context"
	"sync"
	"time"
)

type lease struct {
	mu      sync.Mutex
	renewed int
	expires time.Time
}

func (l *lease) renew(ttl time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.renewed++
	l.expires = time.Now().Add(ttl)
}

func (l *lease) renewals() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.renewed
}

type keeper struct {
	lease    *lease
	interval time.Duration
	urgent   chan struct{}

	cancel context.CancelFunc
	ended  chan struct{}
}

func keep(parent context.Context, l *lease, interval time.Duration) *keeper {
	ctx, cancel := context.WithCancel(parent)
	k := &keeper{
		lease:    l,
		interval: interval,
		urgent:   make(chan struct{}, 1),
		cancel:   cancel,
		ended:    make(chan struct{}),
	}
	go k.run(ctx)
	return k
}

func (k *keeper) run(ctx context.Context) {
	defer close(k.ended)
	timer := time.NewTimer(k.interval)
	defer timer.Stop()
	for {
		select {
		case <-k.urgent:
			k.beat(timer)
		case <-timer.C:
			k.beat(timer)
		case <-ctx.Done():
			return
		}
	}
}

func (k *keeper) beat(timer *time.Timer) {
	k.lease.renew(3 * k.interval)
	timer.Reset(k.interval)
}

func (k *keeper) now() {
	select {
	case k.urgent <- struct{}{}:
	default:
	}
}

func (k *keeper) stop() int {
	k.cancel()
	<-k.ended
	return k.lease.renewals()
}

// Run keeps a lease for some intervals.
func Run() {
	k := keep(context.Background(), new(lease), 40*time.Millisecond)
	k.now()
	time.Sleep(150 * time.Millisecond)
	k.stop()
}
