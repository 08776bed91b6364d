package tickernotstopped

import (
	"testing"
	"time"
)

// It ticks until the test binary ends.
func TestOnce(t *testing.T) {
	ticker := time.NewTicker(time.Millisecond) // want "ticker-not-stopped: `ticker` is not stopped on every way out"
	for range ticker.C {
		if t.Context().Err() != nil {
			return
		}
	}
}

// One for each case stays.
func TestEach(t *testing.T) {
	for _, d := range []time.Duration{time.Millisecond, time.Second} {
		ticker := time.NewTicker(d) // want "ticker-not-stopped: `ticker` is not stopped before the loop makes the next ticker"
		<-ticker.C
	}
}

func TestHelper(t *testing.T) {
	for range 3 {
		nextTick()
	}
}

// Called in a loop.
func nextTick() {
	ticker := time.NewTicker(time.Second) // want "ticker-not-stopped: `ticker` is not stopped on every way out"
	<-ticker.C
}
