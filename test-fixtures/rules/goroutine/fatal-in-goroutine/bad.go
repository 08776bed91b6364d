package fatalingoroutine

import (
	"errors"
	"sync"
	"testing"
)

func work() error { return errors.New("failed") }

func testLiteral(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := work(); err != nil {
			t.Fatal(err) // want "fatal-in-goroutine: `t.Fatal` ends only the goroutine started on line 13"
		}
		t.Log("fine")
	}()
	<-done
}

func testGroup(t *testing.T) {
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if err := work(); err != nil {
				t.Fatalf("work: %v", err) // want "fatal-in-goroutine: `t.Fatalf`"
			}
		})
	}
	wg.Wait()
}

func testNamed(t *testing.T) {
	go worker(t) // vet-only: told at the call
}

func worker(t *testing.T) {
	t.FailNow() // want "fatal-in-goroutine: `t.FailNow` .* line 36"
}

func testHelper(tb testing.TB, done chan bool) {
	go func() {
		mustWork(tb) // want "fatal-in-goroutine: `mustWork` calls `tb.Fatal`"
		done <- true
	}()
	<-done
}

func mustWork(tb testing.TB) {
	tb.Helper()
	if err := work(); err != nil {
		tb.Fatal(err)
	}
}

func testSkip(b *testing.B) {
	go func() {
		func() {
			b.Skip("not here") // want "fatal-in-goroutine: `b.Skip`"
		}()
	}()
}

func testParameter(t *testing.T) {
	go func(t *testing.T) {
		if work() == nil {
			return
		}
		t.Fatal("failed") // want "fatal-in-goroutine: `t.Fatal`"
	}(t)
}
