// Package fixed cuts plates on a few machines.
package fixed

import (
	"errors"
	"sync"
)

// Plan says how a plate is cut.
type Plan struct{ Parts []int }

// Reader reads plans.
type Reader interface {
	Read(name string) (Plan, error)
}

type order struct {
	name string
	done chan cut
}

type cut struct {
	parts int
	err   error
}

// Workshop has machines.
type Workshop struct {
	plans  Reader
	orders chan order
	busy   sync.WaitGroup
}

// NewWorkshop switches the machines on.
func NewWorkshop(machines int, plans Reader) *Workshop {
	w := &Workshop{plans: plans, orders: make(chan order)}
	for range machines {
		w.busy.Add(1)
		go w.machine()
	}
	return w
}

func (w *Workshop) machine() {
	defer w.busy.Done()
	for o := range w.orders {
		w.cut(o.name, o.done)
	}
}

var errEmpty = errors.New("the plan has no parts")

func (w *Workshop) cut(name string, done chan<- cut) {
	plan, err := w.plans.Read(name)
	if err != nil {
		done <- cut{err: err}
		return
	}
	parts := 0
	for _, size := range plan.Parts {
		if size > 0 {
			parts++
		}
	}
	if parts == 0 {
		done <- cut{err: errEmpty}
		return
	}
	done <- cut{parts: parts}
}

// Cut waits until a plate is cut.
func (w *Workshop) Cut(name string) (int, error) {
	o := order{name: name, done: make(chan cut)}
	w.orders <- o
	c := <-o.done
	return c.parts, c.err
}

// Close switches the machines off.
func (w *Workshop) Close() {
	close(w.orders)
	w.busy.Wait()
}
