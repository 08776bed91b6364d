package sendafterclose

import "testing"

func recovered(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// The test wants the panic.
func TestRecovered(t *testing.T) {
	v := recovered(func() {
		out := make(chan int, 1)
		close(out)
		out <- 1 // want hint "send-after-close"
	})
	if v == nil {
		t.Error("no panic")
	}
}

// Which of the two comes first is nothing to want.
func TestOverlooked(t *testing.T) {
	out := make(chan int, 1)
	go func() {
		out <- 1 // want "send-after-close"
	}()
	close(out)
	for v := range out {
		t.Log(v)
	}
}
