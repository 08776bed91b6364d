package lostcancel

import (
	"context"
	"errors"
	"sync"
)

var errFinished = errors.New("the session has finished")

// An auction ends once; a bid that is too low leaves its clock running.
type auctionRoom struct {
	mu    sync.Mutex
	price int
}

type auction struct {
	room   *auctionRoom
	clock  context.Context
	halt   context.CancelFunc
	offer  int
	closed bool
}

func (r *auctionRoom) Open(ctx context.Context) *auction {
	a := &auction{room: r}
	a.clock, a.halt = context.WithCancel(ctx) // want "`a\\.halt` is never called when `Sell` returns on line 49: `a\\.closed` is set by then"
	go a.tick()
	return a
}

func (a *auction) tick() { <-a.clock.Done() }

func (a *auction) shut() bool {
	if a.closed {
		return false
	}
	a.closed = true
	return true
}

func (a *auction) Sell() error {
	a.room.mu.Lock()
	defer a.room.mu.Unlock()
	if !a.shut() {
		return errFinished
	}
	if a.offer < a.room.price {
		return errors.New("too low")
	}
	a.room.price = a.offer
	a.halt()
	return nil
}

func (a *auction) Withdraw() {
	a.room.mu.Lock()
	defer a.room.mu.Unlock()
	if a.shut() {
		a.halt()
	}
}

// The flag is looked at and set in the method itself.
type debate struct {
	mu    sync.Mutex
	mute  context.CancelFunc
	ended bool
	votes int
}

func newDebate(ctx context.Context, speak func(context.Context)) *debate {
	ctx, mute := context.WithCancel(ctx)
	go speak(ctx)
	return &debate{mute: mute} // want "`debate\\.mute` is never called when `End` returns on line 86: `d\\.ended` is set by then"
}

func (d *debate) End() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended {
		return 0
	}
	d.ended = true
	if d.votes == 0 {
		return -1
	}
	d.mute()
	return d.votes
}
