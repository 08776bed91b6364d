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

type session struct{ name string }

func dial(name string) (*session, error) { return &session{name}, handshake() }

// A helper that hands its callers an error: the test fails there.
func connected() (*session, error) {
	type answer struct {
		s   *session
		err error
	}
	answers := make(chan answer)
	go func() {
		s, err := dial("client")
		answers <- answer{s, err} // want hint "abandoned-send: `answers` is unbuffered"
	}()
	if _, err := dial("server"); err != nil {
		return nil, err
	}
	a := <-answers
	return a.s, a.err
}

func noError(t *testing.T, err error) bool {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	return err == nil
}

// The assertion that does not hold has failed the test.
func TestAsserted(t *testing.T) {
	echoes := make(chan int)
	go func() {
		for i := range 3 {
			echoes <- i
		}
	}()
	if !noError(t, handshake()) {
		return
	}
	for range 3 {
		<-echoes
	}
}
