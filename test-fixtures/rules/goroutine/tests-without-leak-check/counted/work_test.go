package counted

import (
	"runtime"
	"testing"
)

func TestDouble(t *testing.T) {
	before := runtime.NumGoroutine()
	defer func() {
		if runtime.NumGoroutine() > before {
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
