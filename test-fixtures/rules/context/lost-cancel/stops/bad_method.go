package stops

import (
	"context"
	"sync"
	"time"
)

// A weathervane turns until it is tied down.
type vane struct {
	tied   chan struct{}
	once   sync.Once
	points int
}

func newVane(points int) *vane {
	return &vane{tied: make(chan struct{}), points: points}
}

func (v *vane) turn() {
	for {
		select {
		case <-time.After(time.Second):
			v.points++
		case <-v.tied:
			return
		}
	}
}

func (v *vane) tie() { v.once.Do(func() { close(v.tied) }) }

func raiseVane(points int) (tie func()) {
	v := newVane(points)
	go v.turn()
	return v.tie
}

func Forecast(ask func() error) error {
	tie := raiseVane(4) // want "`tie` is not called on every way out: at the return on line \\d+ the goroutine that `raiseVane` has started is left behind"
	if err := ask(); err != nil {
		return err
	}
	tie()
	return nil
}

// The cancel function of its context is in a field.
type mill struct {
	halt  context.CancelFunc
	gone  chan struct{}
	sacks int
}

func (m *mill) grind(ctx context.Context) {
	defer close(m.gone)
	for {
		select {
		case <-time.After(time.Second):
			m.sacks++
		case <-ctx.Done():
			return
		}
	}
}

func (m *mill) brake() {
	m.halt()
	<-m.gone
}

func openMill(sacks int) (func(), error) {
	if sacks == 0 {
		return nil, errCold
	}
	ctx, halt := context.WithCancel(context.Background())
	m := &mill{halt: halt, gone: make(chan struct{}), sacks: sacks}
	go m.grind(ctx)
	return m.brake, nil
}

func Harvest(loads []func() error) error {
	brake, err := openMill(len(loads)) // want "`brake` is not called on every way out"
	if err != nil {
		return err
	}
	for _, load := range loads {
		if err := load(); err != nil {
			return err
		}
	}
	brake()
	return nil
}

func Peek() {
	_, err := openMill(1) // want "the goroutine"
	if err != nil {
		println(err.Error())
	}
}

// It is replaced in a field.
type farm struct {
	mu    sync.Mutex
	sacks int
	brake func()
}

func (f *farm) Refill(sacks int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if sacks == f.sacks {
		return nil
	}
	brake, err := openMill(sacks) // want "what `f.brake` held until here is not cancelled: `Refill` puts another one in its place"
	if err != nil {
		return err
	}
	f.sacks, f.brake = sacks, brake
	return nil
}

func (f *farm) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.brake != nil {
		f.brake()
		f.brake = nil
	}
}
