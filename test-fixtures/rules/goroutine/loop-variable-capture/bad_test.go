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
