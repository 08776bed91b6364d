package process

import "testing"

func TestStart(t *testing.T) {
	if _, err := Start("true"); err != nil {
		t.Fatal(err)
	}
}
