// Package missing has goroutines whose only way out waits for what never happens.
package missing

import (
	"context"
	"log"
	"time"
)

type Sampler struct {
	every time.Duration
	quit  chan struct{}
	ended chan struct{}
	total int
}

func NewSampler(every time.Duration) *Sampler {
	s := &Sampler{every: every, quit: make(chan struct{}), ended: make(chan struct{})}
	go s.run() // want "goroutine-never-exits: this goroutine never ends: only `s.quit` would let it leave line 26, and nothing in the package sends on it or closes it"
	return s
}

func (s *Sampler) run() {
	defer close(s.ended)
	t := time.NewTicker(s.every)
	for {
		select {
		case <-t.C:
			s.total++
		case <-s.quit:
			t.Stop()
			return
		}
	}
}

// Close forgets to tell the goroutine.
func (s *Sampler) Close() {
	<-s.ended
}

type Log struct {
	lines chan string
}

func NewLog() *Log {
	l := &Log{lines: make(chan string, 16)}
	go func() { // want "line 49 goes on until `l.lines` is closed, and nothing in the package closes it"
		for line := range l.lines {
			log.Print(line)
		}
	}()
	return l
}

func (l *Log) Write(line string) { l.lines <- line }

// Close does not close.
func (l *Log) Close() {}

type Lease struct{ ttl time.Duration }

// The context of the call would end it.
func Acquire(ctx context.Context, ttl time.Duration) (*Lease, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := &Lease{ttl}
	go l.keep(context.Background()) // want "it leaves line 76 only when `ctx` is done, which comes from `context.Background\\(\\)` or `TODO\\(\\)` and never is"
	return l, nil
}

func (l *Lease) keep(ctx context.Context) {
	t := time.NewTicker(l.ttl)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			l.renew(ctx)
		}
	}
}

func (l *Lease) renew(context.Context) {}

type key struct{}

// Values do not make it end.
func Follow(ctx context.Context, name string) {
	base := context.WithValue(context.Background(), key{}, name)
	log.Print("follow ", name, " for ", ctx.Value(key{}))
	go follow(base) // want "it leaves line 98 only when `ctx` is done"
}

func follow(ctx context.Context) {
	for ctx.Err() == nil {
		time.Sleep(time.Second)
	}
}

var commands = make(chan string)

// Commands of the package that nobody gives.
func Serve(ctx context.Context, work func(string)) {
	log.Print(ctx.Err())
	go func() { // want "only `commands` would let it leave line 111"
		t := time.NewTicker(time.Minute)
		defer t.Stop()
		for {
			select {
			case c := <-commands:
				work(c)
				return
			case <-t.C:
				work("")
			}
		}
	}()
}

// What ends with the process is worth a look only.
type Meter struct{ stop chan bool }

func newMeter() *Meter {
	m := &Meter{stop: make(chan bool)}
	go m.loop() // want hint "only `m.stop` would let it leave line 137"
	return m
}

var meters []*Meter

func Register() { meters = append(meters, newMeter()) }

func (m *Meter) loop() {
	for {
		select {
		case <-time.After(time.Minute):
		case <-m.stop:
			return
		}
	}
}
