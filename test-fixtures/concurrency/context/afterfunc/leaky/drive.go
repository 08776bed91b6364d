package leaky

import "context"

type echo struct{}

func (echo) Query(request string) (string, error) { return request, nil }
func (echo) Interrupt()                           {}

// Drive asks a device that answers at once, and ends the context when it has.
func Drive() {
	ctx, cancel := context.WithCancel(context.Background())
	_, _ = (&Terminal{Device: echo{}}).Ask(ctx, "version")
	cancel()
}
