package ended

import (
	"errors"
	"fmt"
	"sync"
)

var (
	errFull    = errors.New("shelf is full")
	errPutBack = errors.New("already put back")
)

// A shelf is rearranged by one at a time.
type Shelf struct {
	mu    sync.Mutex
	books []string
	room  int
}

type Rearrangement struct {
	shelf  *Shelf
	added  []string
	closed bool
}

func (s *Shelf) Rearrange() *Rearrangement {
	s.mu.Lock()
	return &Rearrangement{shelf: s}
}

func (r *Rearrangement) Put(book string) error {
	if book == "" {
		return errors.New("no title")
	}
	r.added = append(r.added, book)
	return nil
}

func (r *Rearrangement) Finish() error {
	if r.closed {
		return errPutBack
	}
	if n := len(r.shelf.books) + len(r.added); n > r.shelf.room {
		return fmt.Errorf("%w: %d", errFull, n)
	}
	r.shelf.books = append(r.shelf.books, r.added...)
	r.leave()
	return nil
}

func (r *Rearrangement) Abandon() {
	if r.closed {
		return
	}
	r.leave()
}

func (r *Rearrangement) leave() {
	r.closed = true
	r.shelf.mu.Unlock()
}

func (s *Shelf) Add(books ...string) error {
	r := s.Rearrange() // want "`s.Rearrange` locks and leaves it to `r` to unlock when it ends: where `r.Finish\\(\\)` on line \\d+ fails it does not, and nothing else ends it, so whoever locks it next blocks for ever"
	for _, b := range books {
		if err := r.Put(b); err != nil {
			r.Abandon()
			return err
		}
	}
	return r.Finish()
}

func (s *Shelf) AddAll(books []string) error {
	r := s.Rearrange() // want "where `r.Finish\\(\\)` on line \\d+ fails it does not"
	if err := fill(r, books); err != nil {
		r.Abandon()
		return err
	}
	if err := r.Finish(); err != nil {
		return fmt.Errorf("rearranging: %w", err)
	}
	fmt.Println("done")
	return nil
}

func (s *Shelf) AddQuietly(book string) {
	r := s.Rearrange() // want "where `r.Finish\\(\\)` on line \\d+ fails it does not"
	r.Put(book)
	r.Finish()
}

func fill(r *Rearrangement, books []string) error {
	for _, b := range books {
		if err := r.Put(b); err != nil {
			return err
		}
	}
	return nil
}

// Not ended at all on one way.
func (s *Shelf) AddFirst(books []string) error {
	r := s.Rearrange() // want "`s.Rearrange` locks and leaves it to `r` to unlock when it ends, which it does not before the return on line \\d+: whoever locks it next blocks for ever"
	if len(books) == 0 {
		return errors.New("nothing to add")
	}
	defer r.Abandon()
	r.Put(books[0])
	return r.Finish()
}
