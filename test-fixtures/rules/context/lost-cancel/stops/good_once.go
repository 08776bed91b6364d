package stops

import (
	"context"
	"reflect"
	"sync"
	"time"
)

// Deferred, however it came to be there; called on each way out.
func (l *lighthouse) Dusk(foggy bool, ships []func() error) error {
	douse := func() {}
	if foggy {
		douse = l.turn(time.Second)
	}
	defer douse()
	for _, pass := range ships {
		if err := pass(); err != nil {
			return err
		}
	}
	return nil
}

func (l *lighthouse) Dawn(pass func() error) error {
	douse := l.turn(time.Second)
	if err := pass(); err != nil {
		douse()
		return err
	}
	douse()
	return nil
}

// For as long as the process.
func init() {
	_ = new(lighthouse).turn(time.Hour)
}

// The one before is ended, or there is none.
type beacon struct {
	lighthouse
	plan signalPlan
	out  func()
}

func (b *beacon) Show(plan signalPlan) {
	if reflect.DeepEqual(plan, b.plan) {
		return
	}
	if b.out != nil {
		b.out()
	}
	out := b.turn(plan.Period)
	b.plan, b.out = plan, out
}

func (b *beacon) Close() {
	if b.out != nil {
		b.out()
	}
}

type lantern struct {
	lighthouse
	plan signalPlan
	out  func()
}

func (l *lantern) Show(plan signalPlan) {
	if reflect.DeepEqual(plan, l.plan) || l.out != nil {
		return
	}
	out := l.turn(plan.Period)
	l.plan, l.out = plan, out
}

func (l *lantern) Close() {
	if l.out != nil {
		l.out()
		l.out = nil
	}
}

// Who has ended it says that the next one is another, whatever it is.
type torch struct {
	lighthouse
	plan signalPlan
	out  func()
}

func (t *torch) Show(plan signalPlan) {
	if reflect.DeepEqual(plan, t.plan) {
		return
	}
	out := t.turn(plan.Period)
	t.plan, t.out = plan, out
}

func (t *torch) Halt() {
	if t.out != nil {
		t.out()
		t.out, t.plan = nil, signalPlan{}
	}
}

// The goroutine ends by itself, or by somebody else.
func glow(d time.Duration, dim func()) func() {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	go func() {
		<-ctx.Done()
		dim()
	}()
	return func() { cancel() }
}

func embers(dim func(), poke func() error) error {
	cold := glow(time.Minute, dim)
	if err := poke(); err != nil {
		return err
	}
	cold()
	return nil
}

type brazier struct{ quench context.CancelFunc }

func (b *brazier) burn(dim func()) func() {
	ctx, cancel := context.WithCancel(context.Background())
	b.quench = cancel
	go func() {
		<-ctx.Done()
		dim()
	}()
	return func() { cancel() }
}

func (b *brazier) Roast(dim func(), turn func() error) error {
	out := b.burn(dim)
	if err := turn(); err != nil {
		return err
	}
	out()
	return nil
}

// The context ends with the function, and what is started under it.
func moored(ctx context.Context, blow func(), rope func() error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	hush := horn(ctx, blow)
	if err := rope(); err != nil {
		return err
	}
	hush()
	return nil
}

// The caller's context ends it, so nobody needs the function.
func adrift(ctx context.Context, blow func()) {
	_ = horn(ctx, blow)
}

// Handed on.
type harbour struct{ closers []func() }

func (h *harbour) Open(b *buoy, chain func() error) error {
	still := b.float()
	h.closers = append(h.closers, still)
	return chain()
}

func (h *harbour) Guard(b *buoy, wait func(func()) error) error {
	still := b.float()
	return wait(still)
}

func (h *harbour) Later(b *buoy, done <-chan struct{}, chain func() error) error {
	still := sync.OnceFunc(b.float())
	go func() {
		<-done
		still()
	}()
	return chain()
}
