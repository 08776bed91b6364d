// Package fixed moves goods between the shelves of a warehouse.
package fixed

import (
	"errors"
	"sync"
)

// ErrSoldOut tells that a shelf has not enough of an item.
var ErrSoldOut = errors.New("not enough on the shelf")

// Shelf has a stock of items.
type Shelf struct {
	number int
	mu     sync.Mutex
	stock  map[string]int
}

// NewShelf returns a shelf with ten pieces of an item.
func NewShelf(number int, item string) *Shelf {
	return &Shelf{number: number, stock: map[string]int{item: 10}}
}

// Mover moves goods and keeps a record of it.
type Mover struct {
	Record func(from, to int)
}

// Move takes pieces of an item from one shelf to another.
func (m *Mover) Move(item string, pieces int, from, to *Shelf) error {
	if from == to {
		return nil
	}
	first, second := from, to
	if first.number > second.number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.stock[item] < pieces {
		return ErrSoldOut
	}
	m.Record(from.number, to.number)
	from.stock[item] -= pieces
	to.stock[item] += pieces
	return nil
}

// Swap moves one item there and another back.
func (m *Mover) Swap(a *Shelf, there string, b *Shelf, back string) error {
	var wg sync.WaitGroup
	var errs [2]error
	wg.Go(func() { errs[0] = m.Move(there, 1, a, b) })
	wg.Go(func() { errs[1] = m.Move(back, 1, b, a) })
	wg.Wait()
	return errors.Join(errs[:]...)
}
