package plain

import "testing"

func TestDouble(t *testing.T) { // want "tests-without-leak-check: this package starts goroutines \\(line 6 of `work.go`\\), and none of its tests"
	in := make(chan int, 1)
	in <- 1
	close(in)
	for v := range Double(in) {
		if v != 2 {
			t.Errorf("got %d", v)
		}
	}
}
