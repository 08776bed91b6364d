package subtests

import (
	"os"
	"sync"
	"testing"
	"time"
)

// Counted down before the subtest stops.
func TestStarted(t *testing.T) {
	var started sync.WaitGroup
	for _, parcel := range []string{"box", "letter"} {
		started.Add(1)
		t.Run(parcel, func(t *testing.T) {
			started.Done()
			t.Parallel()
			weigh(parcel)
		})
	}
	started.Wait()
}

// The group's Run returns when its members have.
func TestGrouped(t *testing.T) {
	var wg sync.WaitGroup
	t.Run("all", func(t *testing.T) {
		for _, parcel := range []string{"box", "letter"} {
			wg.Add(1)
			t.Run(parcel, func(t *testing.T) {
				t.Parallel()
				defer wg.Done()
				weigh(parcel)
			})
		}
	})
	wg.Wait()
}

// What is left to the end of the test comes after its subtests.
func TestCleanedUp(t *testing.T) {
	var wg sync.WaitGroup
	t.Cleanup(func() { wg.Wait() })
	for _, parcel := range []string{"box", "letter"} {
		wg.Add(1)
		t.Run(parcel, func(t *testing.T) {
			t.Parallel()
			defer wg.Done()
			weigh(parcel)
		})
	}
}

// Not parallel: Run returns when the subtest has.
func TestInTurn(t *testing.T) {
	weights := make(chan int, 2)
	for _, parcel := range []string{"box", "letter"} {
		t.Run(parcel, func(t *testing.T) {
			weights <- weigh(parcel)
		})
	}
	<-weights
	<-weights
}

// The goroutine of each subtest counts down, and it is started before the subtest stops.
func TestBeside(t *testing.T) {
	var wg sync.WaitGroup
	for _, parcel := range []string{"box", "letter"} {
		wg.Add(1)
		t.Run(parcel, func(t *testing.T) {
			go func() {
				defer wg.Done()
				weigh(parcel)
			}()
			t.Parallel()
		})
	}
	wg.Wait()
}

// Another one counts down as well.
func TestAnother(t *testing.T) {
	var wg sync.WaitGroup
	for _, parcel := range []string{"box", "letter"} {
		wg.Add(1)
		t.Run(parcel, func(t *testing.T) {
			t.Parallel()
			weigh(parcel)
			defer func() {
				if t.Failed() {
					wg.Done()
				}
			}()
		})
		go func() {
			defer wg.Done()
			weigh(parcel)
		}()
	}
	wg.Wait()
}

// Perhaps none of them is parallel.
func TestPerhaps(t *testing.T) {
	var wg sync.WaitGroup
	for _, parcel := range []string{"box", "letter"} {
		wg.Add(1)
		t.Run(parcel, func(t *testing.T) {
			defer wg.Done()
			if os.Getenv("SLOW") == "" {
				t.Parallel()
			}
			weigh(parcel)
		})
	}
	wg.Wait()
}

// It may be over before it stops.
func TestSkipped(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	t.Run("parcel", func(t *testing.T) {
		defer wg.Done()
		if testing.Short() {
			t.Skip("slow")
		}
		t.Parallel()
		weigh("parcel")
	})
	wg.Wait()
}

// There is a time limit.
func TestLimited(t *testing.T) {
	ready := make(chan struct{})
	t.Run("parcel", func(t *testing.T) {
		t.Parallel()
		close(ready)
	})
	select {
	case <-ready:
	case <-time.After(time.Second):
	}
}

// The wait is not the test's own.
func TestWatched(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	t.Run("parcel", func(t *testing.T) {
		t.Parallel()
		defer wg.Done()
		weigh("parcel")
	})
	go func() {
		wg.Wait()
		t.Log("all weighed")
	}()
}

// The wait comes first, when nothing is counted yet.
func TestEarlier(t *testing.T) {
	var wg sync.WaitGroup
	wg.Wait()
	wg.Add(1)
	t.Run("parcel", func(t *testing.T) {
		t.Parallel()
		defer wg.Done()
		weigh("parcel")
	})
}

// The first value is there before.
func TestFirstSent(t *testing.T) {
	weights := make(chan int, 2)
	weights <- 0
	t.Run("parcel", func(t *testing.T) {
		t.Parallel()
		weights <- weigh("parcel")
	})
	<-weights
}
