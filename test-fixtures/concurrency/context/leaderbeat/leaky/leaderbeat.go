package leaky

import (
	"context"
	"errors"
	"time"
)

// ErrDeposed is given by followers that know a newer leader.
var ErrDeposed = errors.New("deposed")

// Leader sends heartbeats while it leads.
type Leader struct {
	term    uint64
	beat    func(ctx context.Context, term uint64) error
	cancel  context.CancelFunc
	stopped chan struct{}
	misses  int
}

// Lead starts to send heartbeats.
func Lead(ctx context.Context, term uint64, every time.Duration, beat func(context.Context, uint64) error) *Leader {
	ctx, cancel := context.WithCancel(ctx)
	l := &Leader{term: term, beat: beat, cancel: cancel, stopped: make(chan struct{})}
	go l.loop(ctx, every)
	return l
}

func (l *Leader) loop(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		switch err := l.beat(ctx, l.term); {
		case errors.Is(err, ErrDeposed):
			close(l.stopped)
			return
		case err != nil:
			l.misses++
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// Resign ends the heartbeats and tells how many were missed. It may be called when the leader has been deposed.
func (l *Leader) Resign() int {
	l.cancel()
	<-l.stopped // blocked: close-skipped|receive-without-sender
	return l.misses
}
