package replaced

import (
	"context"
	"sync"
)

// Who has been replaced sees that and leaves.
type dairy struct {
	mu    sync.Mutex
	churn map[string]*churn
	level int
}

type churn struct {
	halt context.CancelFunc
	gone chan struct{}
}

func (d *dairy) Open(name string, flow <-chan int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	ctx, halt := context.WithCancel(context.Background())
	c := &churn{halt: halt, gone: make(chan struct{})}
	d.churn[name] = c
	go d.beat(ctx, c, name, flow)
}

func (d *dairy) beat(ctx context.Context, c *churn, name string, flow <-chan int) {
	defer close(c.gone)
	for {
		select {
		case n := <-flow:
			d.mu.Lock()
			current := d.churn[name] == c
			d.level += n
			d.mu.Unlock()
			if !current {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (d *dairy) Halt(name string) {
	d.mu.Lock()
	c := d.churn[name]
	delete(d.churn, name)
	d.mu.Unlock()
	if c != nil {
		c.halt()
		<-c.gone
	}
}

// The goroutine itself ends the one before it.
type mill struct {
	mu     sync.Mutex
	stones map[string]*stone
}

type stone struct {
	lift context.CancelFunc
	gone chan struct{}
}

func (m *mill) Grind(name string, grain <-chan int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ctx, lift := context.WithCancel(context.Background())
	s := &stone{lift: lift, gone: make(chan struct{})}
	if old := m.stones[name]; old != nil {
		old.lift()
	}
	m.stones[name] = s
	go m.turn(ctx, s, grain)
}

func (m *mill) turn(ctx context.Context, s *stone, grain <-chan int) {
	defer close(s.gone)
	for {
		select {
		case <-grain:
		case <-ctx.Done():
			return
		}
	}
}

func (m *mill) Lift(name string) {
	m.mu.Lock()
	s := m.stones[name]
	delete(m.stones, name)
	m.mu.Unlock()
	if s != nil {
		s.lift()
		<-s.gone
	}
}

// What is started ends the value by itself when it is done.
type kiln struct {
	mu    sync.Mutex
	fires map[string]*fire
}

type fire struct {
	douse context.CancelFunc
}

func (k *kiln) Light(name string, wood <-chan int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	ctx, douse := context.WithCancel(context.Background())
	f := &fire{douse: douse}
	k.fires[name] = f
	go k.burn(ctx, f, wood)
}

func (k *kiln) burn(ctx context.Context, f *fire, wood <-chan int) {
	defer f.douse()
	for range wood {
		if ctx.Err() != nil {
			return
		}
	}
}

func (k *kiln) Douse(name string) {
	k.mu.Lock()
	f := k.fires[name]
	delete(k.fires, name)
	k.mu.Unlock()
	if f != nil {
		f.douse()
	}
}
