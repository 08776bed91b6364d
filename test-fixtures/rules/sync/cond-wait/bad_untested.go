package condwait

import (
	"errors"
	"sync"
)

var errOver = errors.New("over")

type ring struct {
	mu    sync.Mutex
	moved *sync.Cond
	slots []int
	head  *node
	over  bool
	idle  int
}

type node struct {
	value int
	next  *node
}

func newRing() *ring {
	r := &ring{}
	r.moved = sync.NewCond(&r.mu)
	return r
}

func (r *ring) add(v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slots = append(r.slots, v)
	r.head = &node{value: v, next: r.head}
	r.moved.Broadcast()
}

func (r *ring) end() {
	r.mu.Lock()
	r.over = true
	r.mu.Unlock()
	r.moved.Broadcast()
}

// What is asked after the wait is asked only where the ring is over.
func (r *ring) last() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over && len(r.slots) == 0 {
		r.moved.Wait() // want "cond-wait: `r.moved.Wait` is not in a loop"
	}
	if r.over && len(r.slots) == 0 {
		return 0, errOver
	}
	r.idle = 0
	return r.slots[len(r.slots)-1], nil
}

// Only the end is asked for.
func (r *ring) pop() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.head == nil && !r.over {
		r.idle++
		r.moved.Wait() // want "cond-wait: `r.moved.Wait` is not in a loop"
		r.idle--
	}
	if r.over {
		return 0, errOver
	}
	v := r.head.value
	r.head = r.head.next
	return v, nil
}
