package condwait

import (
	"sync"
	"time"
)

// Whoever frees something says so, itself or by a helper.
type yard struct {
	mu    sync.Mutex
	room  *sync.Cond
	limit int
	cars  int
	shut  bool
}

func newYard(limit int) *yard {
	y := &yard{limit: limit}
	y.room = sync.NewCond(&y.mu)
	return y
}

func (y *yard) Park() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for y.cars >= y.limit && !y.shut {
		y.room.Wait()
	}
	y.cars++
}

func (y *yard) Leave() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.cars--
	y.tell()
}

func (y *yard) tell() { y.room.Broadcast() }

func (y *yard) Shut() {
	defer y.tell()
	y.mu.Lock()
	defer y.mu.Unlock()
	y.shut = true
}

// What makes the condition hold longer wakes nobody.
func (y *yard) Squeeze() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.cars++
}

// One goes and another one comes.
func (y *yard) Swap() {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.cars--
	y.cars++
}

// Who calls it has the lock, and wakes.
func (y *yard) Drop() { y.cars-- }

func (y *yard) dropAll() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for y.cars > 0 {
		y.Drop()
	}
	y.tell()
}

// A hook may be there to wake.
type lot struct {
	mu    sync.Mutex
	room  *sync.Cond
	limit int
	cars  int
	left  func()
}

func newLot(limit int) *lot {
	l := &lot{limit: limit}
	l.room = sync.NewCond(&l.mu)
	l.left = l.room.Broadcast
	return l
}

func (l *lot) Park() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.cars >= l.limit {
		l.room.Wait()
	}
	l.cars++
}

func (l *lot) Leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cars--
	l.left()
}

func (l *lot) Tow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cars--
	l.room.Signal()
}

// Somebody looks after those who wait from time to time.
type pier struct {
	mu    sync.Mutex
	room  *sync.Cond
	boats int
}

func newPier(every <-chan struct{}) *pier {
	p := &pier{}
	p.room = sync.NewCond(&p.mu)
	go func() {
		for range every {
			p.room.Broadcast()
		}
	}()
	return p
}

func (p *pier) Land() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.boats > 0 {
		p.room.Wait()
	}
	p.boats++
}

func (p *pier) Leave() {
	p.mu.Lock()
	p.boats--
	p.mu.Unlock()
	p.room.Signal()
}

func (p *pier) Sink() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.boats--
}

type bay struct {
	mu    sync.Mutex
	room  *sync.Cond
	boats int
}

func newBay() *bay {
	b := &bay{}
	b.room = sync.NewCond(&b.mu)
	go b.look()
	return b
}

func (b *bay) look() {
	for {
		time.Sleep(time.Second)
		b.room.Broadcast()
	}
}

func (b *bay) Land() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.boats > 0 {
		b.room.Wait()
	}
	b.boats++
}

func (b *bay) Leave() {
	b.mu.Lock()
	b.boats--
	b.mu.Unlock()
	b.room.Signal()
}

func (b *bay) Sink() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.boats--
}
