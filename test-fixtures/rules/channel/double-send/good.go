package doublesend

import (
	"context"
	"errors"
	"os"
)

func returns(path string) result {
	done := make(chan result)
	go func() {
		data, err := os.ReadFile(path)
		if err != nil {
			done <- result{err: err}
			return
		}
		done <- result{data: data}
	}()
	return <-done
}

func elseBranch(path string) result {
	done := make(chan result)
	go func() {
		if data, err := os.ReadFile(path); err != nil {
			done <- result{err: err}
		} else {
			done <- result{data: data}
		}
	}()
	return <-done
}

func roomForTwo(input string, check func(string) error) error {
	verdict := make(chan error, 2)
	go func() {
		if input == "" {
			verdict <- errors.New("empty")
		}
		verdict <- check(input)
	}()
	return <-verdict
}

func receivesBoth(start, stop func() error) error {
	errs := make(chan error)
	go func() {
		errs <- start()
		errs <- stop()
	}()
	return errors.Join(<-errs, <-errs)
}

func ranges(input string, checks []func(string) error) []error {
	verdicts := make(chan error)
	go func() {
		defer close(verdicts)
		if input == "" {
			verdicts <- errors.New("empty")
		}
		for _, check := range checks {
			verdicts <- check(input)
		}
	}()
	var all []error
	for v := range verdicts {
		all = append(all, v)
	}
	return all
}

func otherArm(ctx context.Context, input string, check func(string) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	verdict := make(chan error)
	go func() {
		if input == "" {
			select {
			case verdict <- errors.New("empty"):
			case <-ctx.Done():
			}
		}
		select {
		case verdict <- check(input):
		case <-ctx.Done():
		}
	}()
	select {
	case err := <-verdict:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The same condition cannot hold and not hold.
func eitherOr(strict bool, check func() error) error {
	verdict := make(chan error)
	go func() {
		if strict {
			verdict <- check()
		}
		if !strict {
			verdict <- nil
		}
	}()
	return <-verdict
}

func handedOn(input string, check func(string) error) <-chan error {
	verdict := make(chan error)
	go func() {
		if input == "" {
			verdict <- errors.New("empty")
		}
		verdict <- check(input)
	}()
	return verdict
}
