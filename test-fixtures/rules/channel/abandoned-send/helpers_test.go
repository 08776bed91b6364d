package abandonedsend

import (
	"testing"
	"time"
)

// What its callers ask for is kept in a variable.
func timedOut(d time.Duration, f func()) bool {
	done := make(chan int)
	go func() {
		f()
		done <- 1 // want hint "abandoned-send: `done` is unbuffered"
	}()
	select {
	case <-done:
		return false
	case <-time.After(d):
		return true
	}
}

func TestTimedOut(t *testing.T) {
	for i := 0; i < 3; i++ {
		late := timedOut(time.Second, func() { t.Log(i) })
		if late {
			t.Fatalf("turn %d timed out", i)
		}
	}
}

// The variable is something else by then.
func tookLong(d time.Duration, f func()) bool {
	done := make(chan int)
	go func() {
		f()
		done <- 1 // want "abandoned-send: `done` is unbuffered"
	}()
	select {
	case <-done:
		return false
	case <-time.After(d):
		return true
	}
}

func TestTookLong(t *testing.T) {
	late := tookLong(time.Second, func() {})
	late = t.Failed()
	if late {
		t.Fatal("failed")
	}
}

type answer struct {
	n   int
	err error
}

// A helper of tests leaves with the error in its named result.
func linked(dial, accept func() (int, error)) (client, server int, err error) {
	answers := make(chan answer)
	go func() {
		n, err := accept()
		answers <- answer{n, err} // want hint "abandoned-send: `answers` is unbuffered"
	}()
	client, err = dial()
	if err != nil {
		return
	}
	a := <-answers
	server, err = a.n, a.err
	return
}

func TestLinked(t *testing.T) {
	one := func() (int, error) { return 1, nil }
	if _, _, err := linked(one, one); err != nil {
		t.Fatal(err)
	}
}

// It leaves with none.
func linkedOnce(known bool, accept func() (int, error)) (server int, err error) {
	answers := make(chan answer)
	go func() {
		n, err := accept()
		answers <- answer{n, err} // want "abandoned-send: `answers` is unbuffered"
	}()
	if known {
		return
	}
	a := <-answers
	return a.n, a.err
}

func TestLinkedOnce(t *testing.T) {
	if _, err := linkedOnce(false, handshaken); err != nil {
		t.Fatal(err)
	}
}

func handshaken() (int, error) { return 1, handshake() }
