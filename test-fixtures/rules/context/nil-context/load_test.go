package nilcontext

import "testing"

// A test has a context of its own from Go 1.24 on.
func TestRefresh(t *testing.T) {
	if err := refresh(nil, nil); err != nil { // want "nil-context: `refresh` gets nil"
		t.Fatal(err)
	}
}
