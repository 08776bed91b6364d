package helper

import "testing"

func TestDouble(t *testing.T) {
	defer checkLeaks(t)
	in := make(chan int, 1)
	in <- 1
	close(in)
	for v := range Double(in) {
		if v != 2 {
			t.Errorf("got %d", v)
		}
	}
}

func checkLeaks(t *testing.T) { t.Helper() }
