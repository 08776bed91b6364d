package goleak

import (
	"testing"

	"go.uber.org/goleak"
)

func TestChecked(t *testing.T) { // not offered
	defer goleak.VerifyNone(t)
	stop := make(chan struct{})
	defer close(stop)
	Start(stop)
}
