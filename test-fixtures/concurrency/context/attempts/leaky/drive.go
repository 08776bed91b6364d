package leaky

import (
	"context"
	"sync/atomic"
	"time"
)

type sleepy struct {
	calls atomic.Int32
	woken chan struct{}
}

func (s *sleepy) Push([]byte) error {
	if s.calls.Add(1) < 3 {
		<-s.woken
	}
	return nil
}

// Drive delivers to an endpoint that hangs twice.
func Drive() {
	e := &sleepy{woken: make(chan struct{})}
	_ = Policy{Attempts: 5, Each: 30 * time.Millisecond}.Deliver(context.Background(), e, []byte("x"))
	close(e.woken)
}
