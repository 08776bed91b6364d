package timeafterinloop

import (
	"context"
	"errors"
	"time"
)

// One timer for all turns.
func reused(events <-chan event, quit <-chan struct{}, handle func(event), idle func()) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case e := <-events:
			handle(e)
		case <-timer.C:
			idle()
		case <-quit:
			return
		}
	}
}

// Any number that is counted, since the timers are collected.
func countedCollected(events <-chan event, n int, handle func(event)) bool {
	for i := 0; i < n; i++ {
		select {
		case e := <-events:
			handle(e)
		case <-time.After(10 * time.Second):
			return false
		}
	}
	return true
}

// The arm of what is over leaves one timer.
func backsOff(ctx context.Context, try func(context.Context) error) {
	for {
		if err := try(ctx); err == nil || errors.Is(err, context.Canceled) {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Hour):
		}
	}
}

type redialer struct{ stopping chan struct{} }

func newRedialer() *redialer { return &redialer{stopping: make(chan struct{})} }

func (r *redialer) stop() { close(r.stopping) }

func (r *redialer) run(dial func() bool, isStopped func() bool) {
	for !isStopped() && !dial() {
		select {
		case <-r.stopping:
		case <-time.After(time.Hour):
		}
	}
}
