package main

import (
	"testing"
	"time"
)

func TestSum(t *testing.T) {
	go func() {
		if got := sum([]int{1, 2}); got != 3 {
			t.Errorf("got %d", got)
		}
	}()
	time.Sleep(300 * time.Millisecond) // want "the test ends without it, and what it finds is lost"
}

func TestGroups(t *testing.T) {
	t.Run("one", func(t *testing.T) {
		called := false
		go func() { called = true }()
		time.Sleep(time.Millisecond) // want "has set `called`"
		if !called {
			t.Error("not called")
		}
	})
}

// The time is there for what must not happen.
func TestStaysBlocked(t *testing.T) {
	stop := make(chan int)
	over := false
	go func() {
		block(stop)
		over = true
	}()
	time.Sleep(time.Millisecond) // want hint "has set `over`"
	if over {
		t.Error("over before it is stopped")
	}
	close(stop)
}

var block = func(stop chan int) { <-stop }
