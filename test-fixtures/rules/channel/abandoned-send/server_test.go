package abandonedsend

import (
	"errors"
	"testing"
	"time"
)

func handshake() error { return errors.New("refused") }

// The goroutine stays only where the test has failed.
func TestInTime(t *testing.T) {
	done := make(chan error)
	go func() {
		done <- handshake()
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("no error")
		}
	case <-time.After(time.Second):
		t.Error("timed out")
	}
}

// Nobody ever receives, whether the test fails or not.
func TestNeverReceived(t *testing.T) {
	done := make(chan error)
	go func() {
		done <- handshake() // want "abandoned-send: `done` is unbuffered"
	}()
	if err := handshake(); err == nil {
		t.Error("no error")
	}
}

// The failure that is reported may not happen.
func TestSlow(t *testing.T) {
	done := make(chan error)
	go func() {
		done <- handshake() // want "abandoned-send: `done` is unbuffered"
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		t.Run("retry", func(t *testing.T) { t.Log("timed out") })
	}
}
