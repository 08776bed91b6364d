package subtests

import (
	"sync"
	"testing"
)

func weigh(parcel string) int { return len(parcel) }

// The sum is wanted when all parcels were weighed.
func TestScale(t *testing.T) {
	var mu sync.Mutex
	sum := 0
	var weighed sync.WaitGroup
	for _, parcel := range []string{"box", "letter"} {
		weighed.Add(1)
		t.Run(parcel, func(t *testing.T) {
			defer weighed.Done()
			t.Parallel()
			mu.Lock()
			defer mu.Unlock()
			sum += weigh(parcel)
		})
	}
	weighed.Wait() // want "this wait for `weighed` lasts for ever: what would end it comes in a subtest after `t.Parallel\\(\\)` on line \\d+, and such a subtest goes on only when the function of its parent test has returned"
	if sum != 9 {
		t.Errorf("sum %d", sum)
	}
}

// Nothing is counted down before Parallel, and deferred calls are part of the function.
func TestScaleDeferred(t *testing.T) {
	parcels := []string{"box", "letter"}
	wg := &sync.WaitGroup{}
	wg.Add(len(parcels))
	defer wg.Wait() // want "this wait for `wg` lasts for ever"
	for _, parcel := range parcels {
		if !t.Run(parcel, func(t *testing.T) {
			t.Parallel()
			if weigh(parcel) == 0 {
				t.Error("no weight")
			}
			wg.Done()
		}) {
			t.Log("failed at once")
		}
	}
}

// A group that waits for its own members.
func TestDepots(t *testing.T) {
	t.Run("north", func(t *testing.T) {
		weights := make(chan int, 2)
		for _, parcel := range []string{"crate", "tube"} {
			t.Run(parcel, func(t *testing.T) {
				t.Parallel()
				weights <- weigh(parcel)
			})
		}
		if a, b := <-weights, <-weights; a == b { // want "this wait for `weights` lasts for ever"
			t.Error("same weight")
		}
	})
}

// Somebody closes the channel when all are done, but they never are.
func TestLabels(t *testing.T) {
	labels := make(chan string)
	var wg sync.WaitGroup
	for _, parcel := range []string{"crate", "tube"} {
		wg.Add(1)
		t.Run(parcel, func(t *testing.T) {
			t.Cleanup(wg.Done)
			t.Parallel()
			labels <- parcel
		})
	}
	go func() {
		wg.Wait()
		close(labels)
	}()
	for label := range labels { // want "this wait for `labels` lasts for ever"
		t.Log(label)
	}
}

// One is told of by the close of a channel.
func TestOneParcel(t *testing.T) {
	ready := make(chan struct{})
	t.Run("parcel", func(t *testing.T) {
		defer close(ready)
		t.Parallel()
		weigh("parcel")
	})
	<-ready // want "this wait for `ready` lasts for ever"
}
