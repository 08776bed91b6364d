// Package weir has boards that follow the level of a river, for other packages.
package weir

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrDry is returned where there is no water.
var ErrDry = errors.New("no water")

// River knows the boards that follow it.
type River struct {
	mu     sync.Mutex
	level  int
	boards map[*Board]bool
}

// Board shows the level until it is taken down.
type Board struct {
	Levels <-chan int

	river *River
	once  sync.Once
	down  chan struct{}
}

// Put sets a board up.
func (r *River) Put() *Board {
	levels := make(chan int)
	b := &Board{Levels: levels, river: r, down: make(chan struct{})}
	r.mu.Lock()
	r.boards[b] = true
	r.mu.Unlock()
	go b.show(levels)
	return b
}

func (b *Board) show(levels chan<- int) {
	for {
		select {
		case levels <- b.river.level:
		case <-b.down:
			return
		}
	}
}

// Close takes the board down.
func (b *Board) Close() {
	b.once.Do(func() {
		b.river.mu.Lock()
		delete(b.river.boards, b)
		b.river.mu.Unlock()
		close(b.down)
	})
}

// Pump lifts water until it is stopped.
type Pump struct {
	stop context.CancelFunc
	done chan struct{}
}

// Lift starts a pump. ctx is for the start alone.
func Lift(ctx context.Context, litres int) (*Pump, error) {
	if litres == 0 {
		return nil, ErrDry
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	on, stop := context.WithCancel(context.Background())
	p := &Pump{stop: stop, done: make(chan struct{})}
	go p.run(on)
	return p, nil
}

func (p *Pump) run(on context.Context) {
	defer close(p.done)
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-on.Done():
			return
		case <-tick.C:
		}
	}
}

// Stop ends the pump.
func (p *Pump) Stop() {
	p.stop()
	<-p.done
}

// Siphon runs until it is stopped, or as long as a context.
type Siphon struct {
	stop context.CancelFunc
}

// Draw starts a siphon.
func Draw(ctx context.Context) *Siphon {
	on, stop := context.WithCancel(ctx)
	s := &Siphon{stop: stop}
	go func() { <-on.Done() }()
	return s
}

// Stop ends the siphon.
func (s *Siphon) Stop() { s.stop() }

// Basin takes its gates down when it is drained.
type Basin struct {
	gates map[*Gate]bool
}

// Gate is open until it is closed.
type Gate struct {
	shut chan struct{}
}

// Open opens a gate.
func (b *Basin) Open() *Gate {
	g := &Gate{shut: make(chan struct{})}
	b.gates[g] = true
	go func() { <-g.shut }()
	return g
}

// Close closes the gate.
func (g *Gate) Close() { close(g.shut) }

// Drain closes all gates.
func (b *Basin) Drain() {
	for g := range b.gates {
		g.Close()
	}
}
