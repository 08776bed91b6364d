package ontest

import "testing"

// Only the test starts one.
func TestStarts(t *testing.T) {
	done := make(chan bool)
	go func() { done <- true }()
	<-done
}
