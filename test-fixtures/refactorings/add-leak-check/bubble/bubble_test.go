package bubble

import (
	"net"
	"testing"
	"time"
)

func TestTicker(t *testing.T) { // refactor
	// Every second.
	ticker := NewTicker(time.Second)
	defer ticker.Stop()
	for i := range 3 {
		if got := <-ticker.C; got != i {
			t.Fatalf(`got
%d`, got)
		}
	}
	if t.Failed() {
		return
	}
	t.Log("done") // At last.
}

func TestLiteral(t *testing.T) { // refactor
	done := make(chan bool)
	go func() { done <- true }()
	<-done
}

// Nothing is started.
func TestDouble(t *testing.T) { // not offered
	if Double(1) != 2 {
		t.Error("not two")
	}
}

// Who reads from the network waits for something outside.
func TestServe(t *testing.T) { // not offered
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	Serve(l)
}

// A bubble has no subtests.
func TestTickers(t *testing.T) { // not offered
	t.Run("one", func(t *testing.T) {
		ticker := NewTicker(time.Second)
		ticker.Stop()
	})
}

func TestParallel(t *testing.T) { // not offered
	t.Parallel()
	ticker := NewTicker(time.Second)
	ticker.Stop()
}

// What is called is not known.
func TestTable(t *testing.T) { // not offered
	for _, f := range []func(*Ticker){(*Ticker).Stop} {
		ticker := NewTicker(time.Second)
		f(ticker)
	}
}

func helper(t *testing.T) { // not offered
	NewTicker(time.Second).Stop()
}

func TestHelped(t *testing.T) { // refactor
	helper(t)
}
