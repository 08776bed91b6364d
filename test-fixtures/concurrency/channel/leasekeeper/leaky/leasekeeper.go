package leaky

import (
	"errors"
	"time"
)

// Store grants leases; a grant may take a while.
type Store interface {
	Grant(owner string, ttl time.Duration) (int64, error)
}

var (
	errLate   = errors.New("lease store is slow")
	errClosed = errors.New("lease keeper is closed")
)

type grant struct {
	id  int64
	err error
}

type request struct {
	owner string
	done  chan grant
}

// Keeper asks its store for one lease at a time.
type Keeper struct {
	store    Store
	ttl      time.Duration
	patience time.Duration
	queue    chan request
	closed   chan struct{}
}

// NewKeeper starts a keeper; Close ends it.
func NewKeeper(store Store, ttl, patience time.Duration) *Keeper {
	k := &Keeper{store: store, ttl: ttl, patience: patience, queue: make(chan request), closed: make(chan struct{})}
	go k.serve()
	return k
}

func (k *Keeper) serve() {
	for {
		select {
		case req := <-k.queue:
			id, err := k.store.Grant(req.owner, k.ttl)
			req.done <- grant{id, err} // blocked: abandoned-send
		case <-k.closed:
			return
		}
	}
}

// Acquire waits for a lease as long as the keeper has patience.
func (k *Keeper) Acquire(owner string) (int64, error) {
	timer := time.NewTimer(k.patience)
	defer timer.Stop()
	req := request{owner: owner, done: make(chan grant)}
	select {
	case k.queue <- req:
	case <-k.closed:
		return 0, errClosed
	case <-timer.C:
		return 0, errLate
	}
	select {
	case g := <-req.done:
		return g.id, g.err
	case <-timer.C:
		return 0, errLate
	}
}

// Close ends the keeper. It is called once.
func (k *Keeper) Close() {
	close(k.closed)
}
