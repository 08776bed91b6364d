//go:build go1.23

package wrapgoroutinewithcontext

import (
	"testing"
	"time"
)

func TestPollBefore(t *testing.T) {
	p := &poller{}
	go func() { // refactor
		for {
			time.Sleep(time.Millisecond)
			p.last = time.Now()
		}
	}()
}
