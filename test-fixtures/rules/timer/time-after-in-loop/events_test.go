package timeafterinloop

import (
	"testing"
	"time"
)

func TestWatch(t *testing.T) {
	events := make(chan event, 2)
	events <- event{"a"}
	events <- event{"b"}
	for seen := 0; seen < len("ab"); seen++ {
		select {
		case <-events:
		case <-time.After(time.Second):
			t.Fatal("too late")
		}
	}
}
