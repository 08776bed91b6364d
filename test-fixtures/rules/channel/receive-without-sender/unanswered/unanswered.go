// Package unanswered waits for channels of fields and variables.
package unanswered

import (
	"context"
	"sync"
	"sync/atomic"
)

// Gate forgets to open.
type Gate struct {
	current atomic.Int64
	ready   chan struct{}
	once    sync.Once
}

func NewGate() *Gate { return &Gate{ready: make(chan struct{})} }

func (g *Gate) Set(n int64) {
	g.current.Store(n)
	g.once.Do(func() {})
}

func (g *Gate) Get() int64 {
	<-g.ready // want "receive-without-sender: this receive waits for ever: nothing in the package sends on `g.ready` or closes it"
	return g.current.Load()
}

type reply struct{ value chan int }

// The reply is nowhere given.
func Ask(asks chan<- *reply) int {
	r := &reply{value: make(chan int, 1)}
	asks <- r
	return <-r.value // want "nothing in the package sends on `r.value` or closes it"
}

// Opened is opened by a method value.
type Opened struct{ ready chan struct{} }

func NewOpened() *Opened { return &Opened{ready: make(chan struct{})} }

func (o *Opened) Wait() { <-o.ready }

func (o *Opened) open() { close(o.ready) }

func (o *Opened) Opener() func() { return o.open }

// Answered gives its channel to a helper.
type Answered struct{ values chan int }

func NewAnswered() *Answered {
	a := &Answered{values: make(chan int)}
	go fill(a.values)
	return a
}

func fill(values chan<- int) { values <- 1 }

func (a *Answered) Next() int { return <-a.values }

// Another arm ends the wait.
type Either struct{ never chan struct{} }

func NewEither() *Either { return &Either{never: make(chan struct{})} }

func (e *Either) Wait(ctx context.Context) {
	select {
	case <-e.never:
	case <-ctx.Done():
	}
}

// Handed out.
type Public struct{ done chan struct{} }

func NewPublic() *Public { return &Public{done: make(chan struct{})} }

func (p *Public) Done() chan struct{} { return p.done }

func (p *Public) Wait() { <-p.done }

// Nil on purpose: it is never made.
type Parked struct{ never chan struct{} }

func (p *Parked) Park() { <-p.never }
