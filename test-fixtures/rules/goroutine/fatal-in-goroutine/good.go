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
