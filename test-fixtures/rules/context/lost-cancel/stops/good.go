package stops

import (
	"context"
	"time"
)

// Called on every way out, by a defer, or handed on.
func (k *kettle) Warm(ctx context.Context, heat func() error) error {
	off := k.whistle(ctx)
	defer off()
	return heat()
}

func (k *kettle) Heat(ctx context.Context, heat func() error) error {
	off := k.whistle(ctx)
	err := heat()
	off()
	return err
}

func (k *kettle) Start(ctx context.Context) (func(), error) {
	off := k.whistle(ctx)
	if k.litres == 0 {
		off()
		return nil, errCold
	}
	return off, nil
}

// The context ends with the function.
func (k *kettle) Brief(ctx context.Context, heat func() error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	off := k.whistle(ctx)
	if err := heat(); err != nil {
		return err
	}
	off()
	return nil
}

func (k *kettle) Inner(parent context.Context, heat func() error) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	off := k.whistle(ctx)
	if err := heat(); err != nil {
		return err
	}
	off()
	return nil
}

// The goroutine ends by itself.
func ring(bell func()) (hush func()) {
	still := make(chan struct{})
	go func() {
		select {
		case <-still:
		case <-time.After(time.Second):
			bell()
		}
	}()
	return func() { close(still) }
}

func knock(bell func(), open func() error) error {
	hush := ring(bell)
	if err := open(); err != nil {
		return err
	}
	hush()
	return nil
}

// What is given back only asks; somebody else ends the goroutine.
func simmer(done <-chan struct{}) (hot func()) {
	asked := make(chan struct{}, 1)
	go func() {
		select {
		case <-asked:
		case <-done:
		}
	}()
	return func() { close(asked) }
}

func stew(done <-chan struct{}, taste func() error) error {
	hot := simmer(done)
	if err := taste(); err != nil {
		return err
	}
	hot()
	return nil
}

// Nothing has been started on the way on which it failed.
func lit(lamp string) error {
	stop, err := blink(lamp)
	if err != nil {
		return err
	}
	stop()
	return nil
}

// At times there is nothing to end.
func maybe(on bool) func() {
	if !on {
		return func() {}
	}
	end := make(chan struct{})
	go func() { <-end }()
	return func() { close(end) }
}

func perhaps(on bool, work func() error) error {
	end := maybe(on)
	if err := work(); err != nil {
		return err
	}
	end()
	return nil
}
