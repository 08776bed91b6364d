package fatalingoroutine

import (
	"errors"
	"sync"
	"testing"
	"time"
)

func work() error { return errors.New("failed") }

func testLiteral(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := work(); err != nil {
			t.Fatal(err) // want hint "fatal-in-goroutine: `t.Fatal` ends only the goroutine started on line 14"
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
				t.Fatalf("work: %v", err) // want hint "fatal-in-goroutine: `t.Fatalf`"
			}
		})
	}
	wg.Wait()
}

func testNamed(t *testing.T) {
	go worker(t) // vet-only: told at the call
}

func worker(t *testing.T) {
	t.FailNow() // want hint "fatal-in-goroutine: `t.FailNow` .* line 37"
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
			b.Skip("not here") // want hint "fatal-in-goroutine: `b.Skip`"
		}()
	}()
}

func testParameter(t *testing.T) {
	go func(t *testing.T) {
		if work() == nil {
			return
		}
		t.Fatal("failed") // want hint "fatal-in-goroutine: `t.Fatal`"
	}(t)
}

func testResult(t *testing.T) {
	results := make(chan int)
	go func() {
		err := work()
		if err != nil {
			t.Fatal(err) // want "fatal-in-goroutine: `t.Fatal`"
		}
		results <- 1
	}()
	if <-results != 1 {
		t.Error("wrong")
	}
}

func testGroupDone(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := work(); err != nil {
			t.Error(err)
			t.FailNow() // want "fatal-in-goroutine: `t.FailNow`"
		}
		wg.Done()
	}()
	wg.Wait()
}

// Nobody waits longer than a second.
func testLimited(t *testing.T) {
	done := make(chan struct{})
	go func() {
		if err := work(); err != nil {
			t.Fatal(err) // want hint "fatal-in-goroutine: `t.Fatal`"
		}
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
		t.Error("too slow")
	}
}

// The test is in a field of what the goroutine works with.
type rig struct {
	tb    testing.TB
	seen  int
	guard sync.Mutex
}

func (r *rig) must(err error) {
	r.tb.Helper()
	if err != nil {
		r.tb.Fatalf("rig: %v", err)
	}
}

func (r *rig) feed(done chan<- int) {
	for range 4 {
		r.must(work()) // want hint "fatal-in-goroutine: `r.must` calls `r.tb.Fatalf`"
	}
	done <- r.seen
}

func testRig(t *testing.T) {
	r := &rig{tb: t}
	done := make(chan int)
	go r.feed(done)
	<-done
}

func testRigInLiteral(t *testing.T) {
	r := rig{tb: t}
	var wg sync.WaitGroup
	wg.Go(func() {
		r.must(work()) // want hint "fatal-in-goroutine: `r.must` calls `r.tb.Fatalf`"
	})
	wg.Wait()
}

func testLocalHelper(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan struct{})
	go func() {
		check(work()) // want "fatal-in-goroutine: `check` calls `t.Fatal`"
		close(done)
	}()
	check(nil)
	<-done
}
