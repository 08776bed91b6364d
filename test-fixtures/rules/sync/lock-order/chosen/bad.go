// Package chosen locks two values of one type in the order in which callers name them.
package chosen

import (
	"errors"
	"fmt"
	"sync"
)

var errShort = errors.New("not enough")

// Hive is one of many in a row.
type hive struct {
	mu   sync.RWMutex
	bees map[string]int
}

// Garden has them.
type Garden struct {
	hives  []*hive
	byName map[string]*hive
}

func lockPair(a, b *hive) func() {
	a.mu.Lock()
	b.mu.Lock() // want "`b.mu` is locked while `a.mu` is held, in the order in which callers of `Garden.Swarm` name the two"
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

// Swarm has a queen move out.
func (g *Garden) Swarm(queen string, from, to int) error {
	if from == to || from < 0 || to >= len(g.hives) {
		return fmt.Errorf("no move from %d to %d", from, to)
	}
	old, home := g.hives[from], g.hives[to]
	unlock := lockPair(old, home)
	defer unlock()
	n, ok := old.bees[queen]
	if !ok {
		return errShort
	}
	delete(old.bees, queen)
	home.bees[queen] = n
	return nil
}

func (g *Garden) find(name string) (*hive, error) {
	h := g.byName[name]
	if h == nil {
		return nil, errShort
	}
	return h, nil
}

// Feed shares what there is.
func (g *Garden) Feed(name, other string) error {
	left, err := g.find(name)
	if err != nil {
		return err
	}
	right, err := g.find(other)
	if err != nil {
		return err
	}
	left.mu.Lock()
	right.mu.Lock() // want "`right.mu` is locked while `left.mu` is held, in the order in which callers of `Garden.Feed` name the two"
	left.bees["fed"]++
	right.bees["fed"]++
	right.mu.Unlock()
	left.mu.Unlock()
	return nil
}
