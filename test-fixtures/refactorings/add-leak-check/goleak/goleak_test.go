package goleak

import (
	"testing"
)

func TestStart(t *testing.T) { // refactor
	stop := make(chan struct{})
	defer close(stop)
	Start(stop)
}

// Deferred calls run before what is left to Cleanup.
func TestCleanup(t *testing.T) { // refactor
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	Start(stop)
}

func started(t *testing.T) {
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	Start(stop)
}

func TestHelper(t *testing.T) { // refactor
	started(t)
}

func TestSub(t *testing.T) { // refactor
	t.Run("once", func(t *testing.T) {
		stop := make(chan struct{})
		defer close(stop)
		Start(stop)
	})
}

// Other tests run beside it.
func TestParallel(t *testing.T) { // not offered
	t.Parallel()
	stop := make(chan struct{})
	defer close(stop)
	Start(stop)
}

func TestSubParallel(t *testing.T) { // not offered
	t.Run("once", func(t *testing.T) {
		t.Parallel()
		stop := make(chan struct{})
		defer close(stop)
		Start(stop)
	})
}

func BenchmarkStart(b *testing.B) { // not offered
	stop := make(chan struct{})
	defer close(stop)
	Start(stop)
}
