package produceroutlivesconsumer

import (
	"context"
	"errors"
)

func selects(ctx context.Context, names []string, want string) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan string)
	go func() {
		defer close(out)
		for _, n := range names {
			select {
			case out <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	for n := range out {
		if n == want {
			return true
		}
	}
	return false
}

func roomForAll(names []string, want string) bool {
	out := make(chan string, len(names))
	go func() {
		defer close(out)
		for _, n := range names {
			out <- n
		}
	}()
	for n := range out {
		if n == want {
			return true
		}
	}
	return false
}

func drains(rows []string, store func(string) error) error {
	queue := make(chan string)
	go func() {
		defer close(queue)
		for _, row := range rows {
			queue <- row
		}
	}()
	for row := range queue {
		if err := store(row); err != nil {
			for range queue {
			}
			return err
		}
	}
	return nil
}

func drainsAtTheEnd(rows []string, store func(string) error) error {
	queue := make(chan string)
	defer func() {
		for range queue {
		}
	}()
	go func() {
		defer close(queue)
		for _, row := range rows {
			queue <- row
		}
	}()
	for row := range queue {
		if err := store(row); err != nil {
			return err
		}
	}
	return nil
}

func quits(names []string, want string) bool {
	out, quit := make(chan string), make(chan struct{})
	defer close(quit)
	go func() {
		defer close(out)
		for _, n := range names {
			select {
			case out <- n:
			case <-quit:
				return
			}
		}
	}()
	for n := range out {
		if n == want {
			return true
		}
	}
	return false
}

func receivesAll(rows []string, store func(string) error) error {
	queue := make(chan string)
	go func() {
		defer close(queue)
		for _, row := range rows {
			queue <- row
		}
	}()
	var all error
	for row := range queue {
		all = errors.Join(all, store(row))
	}
	return all
}

// The caller receives, as long as it likes.
func handedOut(names []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, n := range names {
			out <- n
		}
	}()
	return out
}
