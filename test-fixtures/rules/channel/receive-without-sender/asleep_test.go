package receivewithoutsender

import (
	"testing"
	"time"
)

func trySend(c chan int, v, seconds int) bool {
	limit := time.After(time.Duration(seconds) * time.Second)
	select {
	case c <- v:
		return true
	case <-limit:
		return false
	}
}

// It is there long before the sender gives up.
func TestTrySend(t *testing.T) {
	c := make(chan int)
	go trySend(c, 1, 1)
	time.Sleep(500 * time.Millisecond)
	if <-c != 1 { // want hint "receive-without-sender"
		t.Fatal("not 1")
	}
}

// The sender has given up by then.
func TestTrySendTooLate(t *testing.T) {
	c := make(chan int)
	go trySend(c, 1, 1)
	time.Sleep(1500 * time.Millisecond)
	if <-c != 1 { // want "receive-without-sender"
		t.Fatal("not 1")
	}
}

func TestTrySendForAnyTime(t *testing.T) {
	c := make(chan int)
	go trySend(c, 1, limitOf(t))
	time.Sleep(500 * time.Millisecond)
	if <-c != 1 { // want "receive-without-sender"
		t.Fatal("not 1")
	}
}

func limitOf(t *testing.T) int { return len(t.Name()) }
