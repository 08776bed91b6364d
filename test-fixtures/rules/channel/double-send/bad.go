package doublesend

import (
	"context"
	"errors"
	"net/http"
	"os"
)

type result struct {
	data []byte
	err  error
}

// A `return` is missing after the first send.
func load(path string) result {
	done := make(chan result)
	go func() {
		data, err := os.ReadFile(path)
		if err != nil {
			done <- result{err: err}
		}
		done <- result{data: data} // want "double-send: this goroutine has sent on `done` already, at line 21"
	}()
	return <-done
}

func validate(input string, check func(string) error) error {
	verdict := make(chan error)
	go func() {
		if input == "" {
			verdict <- errors.New("empty") // comment stays
		}
		verdict <- check(input) // want "double-send"
	}()
	return <-verdict
}

func buffered(input string, check func(string) error) error {
	verdict := make(chan error, 1)
	go func() {
		if err := check(input); err != nil {
			verdict <- err
		}
		if len(input) > 100 {
			verdict <- errors.New("too long")
		}
		verdict <- nil // want "double-send"
	}()
	return <-verdict
}

func lookup(key string, cache, origin func(string) (string, bool)) string {
	found := make(chan string)
	go func() {
		if v, ok := cache(key); ok {
			found <- v
		}
		if v, ok := origin(key); ok {
			found <- v // want "double-send"
		}
		close(found)
	}()
	return <-found
}

func classify(n int) string {
	kind := make(chan string)
	go func() {
		switch {
		case n < 0:
			kind <- "negative"
		case n == 0:
			kind <- "zero"
		}
		kind <- "positive" // want "double-send"
	}()
	return <-kind
}

func answer(w http.ResponseWriter, r *http.Request, compute func() (int, error)) {
	status := make(chan int)
	go func() {
		code, err := compute()
		if err != nil {
			status <- http.StatusInternalServerError
		}
		status <- code // want "double-send"
	}()
	w.WriteHeader(<-status)
}

// Two values, room for one, and the receiver may leave after the first.
func tooSmall(ctx context.Context, step func(int) error) error {
	errs := make(chan error, 1)
	go func() {
		errs <- step(1)
		errs <- step(2) // want "double-send"
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-errs:
		if err != nil {
			return err
		}
	}
	return <-errs
}

func startAndStop(start, stop func() error) error {
	errs := make(chan error)
	go func() {
		errs <- start()
		errs <- stop() // want "double-send"
	}()
	if err := <-errs; err != nil {
		return err
	}
	return <-errs
}

// More than one can be on the way: there is room for all that one run sends.
func verify(ctx context.Context, push func() error, ask func() (string, error), check func(string) error) string {
	result := make(chan string)
	go func() {
		if push() == nil {
			result <- "pushed"
		}
	}()
	go func() {
		answer, err := ask()
		if err != nil {
			result <- err.Error()
		}
		if err := check(answer); err != nil {
			result <- err.Error() // want "double-send: .* has sent on `result` already"
		} else {
			result <- "checked" // want "double-send: .* has sent on `result` already"
		}
	}()
	select {
	case s := <-result:
		return s
	case <-ctx.Done():
		return ctx.Err().Error()
	}
}
