package wrapgoroutinewithcontext

import (
	"testing"
	"time"
)

func TestPoll(t *testing.T) {
	p := &poller{}
	go func() { // refactor
		for {
			time.Sleep(time.Millisecond)
			p.last = time.Now()
		}
	}()
	t.Run("once", func(t *testing.T) {
		go func() { // refactor
			for {
				<-p.jobs
			}
		}()
	})
}
