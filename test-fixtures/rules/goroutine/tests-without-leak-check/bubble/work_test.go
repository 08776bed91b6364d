package bubble

import (
	"testing"
	"testing/synctest"
)

func TestDouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := make(chan int)
		close(in)
		for range Double(in) {
			t.Error("nothing went in")
		}
	})
}
