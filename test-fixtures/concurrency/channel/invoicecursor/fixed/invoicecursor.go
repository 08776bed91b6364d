package fixed

import "fmt"

// Cursor reads pages ahead of the caller.
type Cursor[T any] struct {
	rows chan T
	stop chan struct{}
}

// Open starts to read; load gives an empty page at the end.
func Open[T any](load func(page int) []T) *Cursor[T] {
	c := &Cursor[T]{rows: make(chan T), stop: make(chan struct{})}
	go c.fill(load)
	return c
}

func (c *Cursor[T]) fill(load func(page int) []T) {
	defer close(c.rows)
	for page := 0; ; page++ {
		rows := load(page)
		if len(rows) == 0 {
			return
		}
		for _, row := range rows {
			select {
			case c.rows <- row:
			case <-c.stop:
				return
			}
		}
	}
}

// Next gives the next row, or false at the end.
func (c *Cursor[T]) Next() (T, bool) {
	row, ok := <-c.rows
	return row, ok
}

// Close ends the reading. A cursor is closed once.
func (c *Cursor[T]) Close() {
	close(c.stop)
}

// Invoice is a row of the ledger.
type Invoice struct {
	Number int
	Cents  int64
}

// Total adds up all invoices.
func Total(load func(page int) []Invoice) (int64, error) {
	cursor := Open(load)
	defer cursor.Close()
	var total int64
	for {
		invoice, ok := cursor.Next()
		if !ok {
			return total, nil
		}
		if invoice.Cents < 0 {
			return 0, fmt.Errorf("invoice %d is negative", invoice.Number)
		}
		total += invoice.Cents
	}
}
