package profile

import (
	"runtime/pprof"
	"testing"
)

func TestDouble(t *testing.T) {
	defer func() {
		if p := pprof.Lookup("goroutineleak"); p != nil && p.Count() > 0 {
			t.Error("left")
		}
	}()
	in := make(chan int, 1)
	in <- 1
	close(in)
	for v := range Double(in) {
		if v != 2 {
			t.Errorf("got %d", v)
		}
	}
}
