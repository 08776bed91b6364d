package stops

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

var errCold = errors.New("cold")

// A kettle whistles until it is taken off the fire.
type kettle struct{ litres int }

func (k *kettle) whistle(ctx context.Context) (off func()) {
	quiet := make(chan struct{})
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		select {
		case <-ctx.Done():
			k.litres = 0
		case <-quiet:
		}
	}()
	return func() {
		close(quiet)
		<-gone
	}
}

func (k *kettle) Boil(ctx context.Context, heat func() error) error {
	off := k.whistle(ctx) // want "`off` is not called on every way out: at the return on line \\d+ the goroutine that `k.whistle` has started is left behind"
	if err := heat(); err != nil {
		return err
	}
	off()
	if k.litres == 0 {
		return errCold
	}
	return nil
}

// With an error beside it, and no context.
func blink(lamp string) (func(), error) {
	if lamp == "" {
		return nil, errCold
	}
	dark := make(chan struct{})
	var once sync.Once
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				println(lamp)
			case <-dark:
				return
			}
		}
	}()
	return func() { once.Do(func() { close(dark) }) }, nil
}

func signal(lamp, file string) error {
	stop, err := blink(lamp) // want "`stop` is not called on every way out: at the return on line \\d+ the goroutine that `blink` has started"
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	println(len(data))
	stop()
	return nil
}
