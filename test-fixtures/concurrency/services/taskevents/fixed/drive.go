package fixed

import (
	"errors"
	"time"
)

type unreachable struct{}

func (unreachable) Forward(string, string) error {
	time.Sleep(20 * time.Millisecond)
	return errors.New("connection refused")
}

// Drive publishes while the listener cannot be reached.
func Drive() {
	f := NewForwarder(unreachable{})
	time.AfterFunc(time.Second, f.Close)
	for range 12 {
		if err := f.Publish("/tasks/exit", "c1"); err != nil {
			return
		}
	}
}
