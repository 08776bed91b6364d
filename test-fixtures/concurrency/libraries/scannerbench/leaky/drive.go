package leaky

import (
	"context"
	"errors"
)

type cold struct{}

func (cold) Warm(context.Context) error { return errors.New("lamp is broken") }
func (cold) Off()                       {}

// Drive uses a scanner that does not get warm.
func Drive() {
	b := NewBench(2, func(int) Scanner { return cold{} })
	_ = b.Use(context.Background(), func(Scanner) {})
	b.Close()
}
