// Package fixed makes offers; what it needs for them is looked up at the same time.
package fixed

import "fmt"

type outcome[T any] struct {
	value T
	err   error
}

// Future is a value that will be there later.
type Future[T any] struct {
	done chan outcome[T]
}

// Async starts work and returns the future of its result.
func Async[T any](work func() (T, error)) *Future[T] {
	f := &Future[T]{done: make(chan outcome[T], 1)}
	go func() {
		value, err := work()
		f.done <- outcome[T]{value, err}
	}()
	return f
}

// Await returns the result when it is there. It may be called once.
func (f *Future[T]) Await() (T, error) {
	o := <-f.done
	return o.value, o.err
}

// Shop knows prices and what is in stock.
type Shop struct {
	Price func(article string) (cents int, err error)
	Stock func(article string) (places []string, err error)
}

// Offer is a line that a customer can read.
func (s *Shop) Offer(article string) (string, error) {
	price := Async(func() (int, error) { return s.Price(article) })
	stock := Async(func() ([]string, error) { return s.Stock(article) })

	cents, err := price.Await()
	if err != nil {
		return "", fmt.Errorf("price of %s: %w", article, err)
	}
	places, err := stock.Await()
	if err != nil {
		return "", fmt.Errorf("stock of %s: %w", article, err)
	}
	return fmt.Sprintf("%s for %d.%02d at %q", article, cents/100, cents%100, places), nil
}
