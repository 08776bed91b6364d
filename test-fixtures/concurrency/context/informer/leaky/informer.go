package leaky

import (
	"context"
	"sync"
)

type object struct {
	name    string
	version int
}

type handlers struct {
	added   func(object)
	updated func(old, new object)
}

type informer struct {
	list    func() []object
	updates chan object
	deltas  chan object
	handlers
}

// reflect lists all objects and then passes on updates.
func (i *informer) reflect(ctx context.Context) {
	for _, o := range i.list() {
		i.deltas <- o
	}
	for {
		select {
		case o := <-i.updates:
			i.deltas <- o
		case <-ctx.Done():
			return
		}
	}
}

// process keeps the store and tells the handlers what is new.
func (i *informer) process() {
	store := make(map[string]object)
	for o := range i.deltas { // blocked: never-closed-range
		old, known := store[o.name]
		store[o.name] = o
		if known {
			i.updated(old, o)
		} else {
			i.added(o)
		}
	}
}

func (i *informer) start(ctx context.Context) {
	go i.process()
	go i.reflect(ctx)
}

// Run follows two pods until one of them has been updated.
func Run() {
	var seen sync.WaitGroup
	seen.Add(3)
	i := &informer{
		list:    func() []object { return []object{{"pod-a", 1}, {"pod-b", 1}} },
		updates: make(chan object),
		deltas:  make(chan object),
		handlers: handlers{
			added:   func(object) { seen.Done() },
			updated: func(_, _ object) { seen.Done() },
		},
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	i.start(ctx)
	i.updates <- object{"pod-b", 2}
	seen.Wait()
}
