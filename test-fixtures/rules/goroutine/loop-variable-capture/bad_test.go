//go:build go1.21

package loopvariable

import "testing"

func TestParallel(t *testing.T) {
	for _, tc := range []struct{ name, in string }{{"a", "x"}, {"b", "y"}} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if tc.in == "" { // want "the goroutine may read `tc`"
				t.Error("empty")
			}
		})
	}
}

func TestSerial(t *testing.T) {
	for _, tc := range []struct{ name, in string }{{"a", "x"}, {"b", "y"}} {
		t.Run(tc.name, func(t *testing.T) {
			if tc.in == "" {
				t.Error("empty")
			}
		})
	}
}

func TestDeferredBeforeParallel(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				t.Log(name) // want "the goroutine may read `name`"
			}()
			t.Parallel()
		})
	}
}

// Until it calls Parallel, Run waits for the subtest.
func TestCopiedInside(t *testing.T) {
	for _, tc := range []struct{ name, in string }{{"a", "x"}, {"b", "y"}} {
		t.Run(tc.name, func(t *testing.T) {
			tc := tc
			t.Parallel()
			if tc.in == "" {
				t.Error("empty")
			}
		})
	}
}

func TestSetUpBeforeParallel(t *testing.T) {
	for _, in := range []string{"x", "y"} {
		t.Run("", func(t *testing.T) {
			size := func() int { return len(in) }()
			t.Parallel()
			if size == 0 {
				t.Error("empty")
			}
		})
	}
}
