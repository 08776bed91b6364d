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

// The time limit is there for the test that fails.
func ranInTime() bool {
	done := make(chan error)
	go func() {
		done <- handshake() // want hint "abandoned-send: `done` is unbuffered"
	}()
	select {
	case <-done:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func TestRanInTime(t *testing.T) {
	if !ranInTime() {
		t.Error("timed out")
	}
}

// This test goes on without it.
func ranAtAll() bool {
	done := make(chan error)
	go func() {
		done <- handshake() // want "abandoned-send: `done` is unbuffered"
	}()
	select {
	case <-done:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func TestRanAtAll(t *testing.T) {
	if !ranAtAll() {
		t.Skip("too slow")
	}
}
