package fatalingoroutine

import (
	"log"
	"testing"
)

func testOwn(t *testing.T) {
	errs := make(chan error, 1)
	go func() { errs <- work() }()
	if err := <-errs; err != nil {
		t.Fatal(err)
	}
}

func testErrors(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := work(); err != nil {
			t.Error(err)
			return
		}
		t.Log("fine")
	}()
	<-done
}

func testSubtest(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.Run("inner", func(t *testing.T) {
			if err := work(); err != nil {
				t.Fatal(err)
			}
		})
	}()
	<-done
}

func testCalled(t *testing.T) {
	func() {
		if err := work(); err != nil {
			t.Fatal(err)
		}
	}()
	mustWork(t)
	defer func() { t.FailNow() }()
}

func testLater(t *testing.T) {
	fail := make(chan func(), 1)
	go func() { fail <- func() { t.Fatal("late") } }() // vet-only: runs on the goroutine of the test
	(<-fail)()
}

func testHelps(t *testing.T) {
	go helps(t)
	go func() { log.Fatal("the process ends") }()
}

func helps(t *testing.T) {
	t.Helper()
	t.Errorf("no more than %d", 3)
}

// Its own goroutines only note what is wrong, and the test itself is stopped.
type gauge struct {
	t   *testing.T
	sum int
}

func (g *gauge) note(err error) {
	if err != nil {
		g.t.Errorf("gauge: %v", err)
	}
}

func (g *gauge) stop() {
	if g.sum != 3 {
		g.t.Fatal("wrong sum")
	}
}

func testGauge(t *testing.T) {
	g := &gauge{t: t}
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.note(work())
	}()
	<-done
	g.stop()
	check(work())
}
