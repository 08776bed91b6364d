package whole

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// All tests are checked already.
func TestAll(t *testing.T) { // not offered
	done := make(chan bool)
	go func() { done <- true }()
	<-done
}
