// Package stages has a machine that tells how it ended.
package stages

import "errors"

type stage int

const (
	begun stage = iota
	sent
	returned
)

type move int

type route struct {
	from stage
	by   move
}

var routes = map[route]stage{
	{begun, 1}: sent,
	{begun, 2}: returned,
}

// Parcel goes from stage to stage until it is sent for good.
type Parcel struct {
	moves chan move
	errs  chan error
	done  chan struct{}
	last  stage
}

var errMove = errors.New("not from here")

func NewParcel() *Parcel {
	p := &Parcel{moves: make(chan move), errs: make(chan error), done: make(chan struct{})}
	go p.run()
	return p
}

// The stage at the end is another one than at the beginning.
func (p *Parcel) run() {
	at := begun
	for {
		by := <-p.moves
		next, ok := routes[route{at, by}]
		if !ok {
			p.errs <- errMove
			continue
		}
		at = next
		p.errs <- nil
		switch at {
		case sent:
			p.finish(at)
			return
		case returned:
			p.last = at
			return
		}
	}
}

func (p *Parcel) finish(at stage) {
	p.last = at
	close(p.done)
}

func (p *Parcel) Move(to move) error {
	select {
	case p.moves <- to:
		return <-p.errs
	case <-p.done:
		return errMove
	}
}

// Notify calls f with the last stage.
func (p *Parcel) Notify(f func(stage)) {
	go func() {
		<-p.done // want hint "receive-without-sender: this receive from `p.done` may wait for ever"
		f(p.last)
	}()
}
