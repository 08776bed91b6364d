package nilcontext

import "testing"

// A test has a context of its own from Go 1.24 on.
func TestRefresh(t *testing.T) {
	if err := refresh(nil, nil); err != nil { // want "nil-context: `refresh` gets nil"
		t.Fatal(err)
	}
}

// Panics is like that of an assertion library.
func Panics(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f()
}

// To pass nil is what is tested.
func TestRefreshWithout(t *testing.T) {
	Panics(t, func() { refresh(nil, nil) })
}
