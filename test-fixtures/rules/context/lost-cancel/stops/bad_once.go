package stops

import (
	"context"
	"reflect"
	"sync"
	"time"
)

// A lighthouse turns its lamp until it is put out.
type lighthouse struct {
	mu     sync.Mutex
	turns  int
	signal signalPlan
	douse  func()
}

type signalPlan struct {
	Colours []string
	Period  time.Duration
}

func (l *lighthouse) turn(every time.Duration) (douse func()) {
	ctx, cancel := context.WithCancel(context.Background())
	dark := make(chan struct{})
	go func() {
		defer close(dark)
		for {
			select {
			case <-time.After(every):
				l.turns++
			case <-ctx.Done():
				return
			}
		}
	}()
	return sync.OnceFunc(func() {
		cancel()
		<-dark
	})
}

func (l *lighthouse) Night(foggy bool, ships []func() error) error {
	douse := func() {}
	if foggy {
		douse = l.turn(time.Second) // want "`douse` is not called on every way out: at the return on line \\d+ the goroutine that `l.turn` has started is left behind"
	}
	for _, pass := range ships {
		if err := pass(); err != nil {
			return err
		}
	}
	douse()
	return nil
}

func (l *lighthouse) Test() int {
	_ = l.turn(time.Minute) // want "the function that `l.turn` returns is discarded: nothing else ends the goroutine that it has started"
	return l.turns
}

// Another signal takes the place of the one before, which goes on.
func (l *lighthouse) Show(plan signalPlan) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if reflect.DeepEqual(plan, l.signal) {
		return
	}
	douse := l.turn(plan.Period) // want "what `l.douse` held until here is not cancelled: `Show` puts another one in its place"
	l.signal, l.douse = plan, douse
}

func (l *lighthouse) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.douse != nil {
		l.douse()
		l.douse = nil
	}
}

// The channel is handed to the goroutine, the literal is in a variable, and the context may go on.
type buoy struct{ rings int }

func (b *buoy) swing(quiet <-chan struct{}) {
	for {
		select {
		case <-quiet:
			return
		case <-time.After(time.Second):
			b.rings++
		}
	}
}

func (b *buoy) float() func() {
	quiet := make(chan struct{})
	go b.swing(quiet)
	still := func() { close(quiet) }
	return still
}

func (b *buoy) Anchor(chain func() error) error {
	still := b.float() // want "`still` is not called on every way out: at the return on line \\d+ the goroutine that `b.float` has started"
	if err := chain(); err != nil {
		return err
	}
	still()
	return nil
}

func horn(ctx context.Context, blow func()) func() {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
				blow()
			}
		}
	}()
	return func() { cancel() }
}

func dock(ctx context.Context, blow func(), rope func() error) error {
	hush := horn(ctx, blow) // want "`hush` is not called on every way out"
	if err := rope(); err != nil {
		return err
	}
	hush()
	return nil
}
