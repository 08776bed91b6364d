package none

import "testing"

func TestDouble(t *testing.T) {
	if Double(1) != 2 {
		t.Error("wrong")
	}
}
