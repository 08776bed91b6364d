package lostcancel

import (
	"context"
	"fmt"
	"io"
	"time"
)

type uplink struct {
	tries int
	limit time.Duration
	send  func(context.Context, []byte) error
	open  func(context.Context) (io.ReadCloser, error)
	fatal func(error) bool
}

// One call needs the context of the turn, and gives an error.
func (u *uplink) Deliver(ctx context.Context, body []byte) error {
	var last error
	for range u.tries {
		tctx, cancel := context.WithTimeout(ctx, u.limit) // want "`cancel` is not called before `context.WithTimeout` runs again"
		err := u.send(tctx, body)
		if err == nil {
			cancel()
			return nil
		}
		if u.fatal(err) {
			cancel()
			return err
		}
		last = err
	}
	return fmt.Errorf("gave up: %w", last)
}

// What is opened is read under the context.
func (u *uplink) Fetch(ctx context.Context) ([]byte, error) {
	for range u.tries {
		tctx, cancel := context.WithTimeout(ctx, u.limit) // want "lost-cancel: "
		r, err := u.open(tctx)
		if err != nil {
			println(err.Error())
			continue
		}
		text, err := io.ReadAll(r)
		r.Close()
		if err == nil {
			cancel()
			return text, nil
		}
		cancel()
	}
	return nil, io.EOF
}
