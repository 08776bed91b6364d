package fixed

import (
	"context"
	"fmt"
)

// Device is asked with one request at a time and can be interrupted from outside.
type Device interface {
	Query(request string) (string, error)
	Interrupt()
}

// Terminal talks to a device.
type Terminal struct {
	Device Device
	Trace  func(format string, args ...any)
}

func (t *Terminal) trace(format string, args ...any) {
	if t.Trace != nil {
		t.Trace(format, args...)
	}
}

// Ask sends a request; when the context ends first, the device is interrupted.
func (t *Terminal) Ask(ctx context.Context, request string) (string, error) {
	interrupted := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		t.Device.Interrupt()
		interrupted <- context.Cause(ctx)
	})
	defer stop()
	type answer struct {
		text string
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := t.Device.Query(request)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		t.trace("%q answered", request)
		return a.text, a.err
	case err := <-interrupted:
		t.trace("%q interrupted", request)
		return "", fmt.Errorf("ask %q: %w", request, err)
	}
}
