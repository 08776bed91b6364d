package maker

import (
	"context"
	"errors"
)

type report struct{ err error }

// The first answer is sent before anybody has the channel.
func reports(ctx context.Context, connect func() error, next func() (report, error)) <-chan report {
	answers := make(chan report)
	if err := connect(); err != nil {
		answers <- report{err: err} // want "abandoned-send"
		return answers
	}
	go func() {
		defer close(answers)
		for {
			r, err := next()
			if err != nil {
				return
			}
			select {
			case answers <- r:
			case <-ctx.Done():
				return
			}
		}
	}()
	return answers
}

// Two answers need more room than one.
func greetings(fail func() bool) <-chan error {
	answers := make(chan error)
	answers <- errors.New("hello") // want "abandoned-send"
	if fail() {
		answers <- errors.New("goodbye")
	}
	return answers
}
