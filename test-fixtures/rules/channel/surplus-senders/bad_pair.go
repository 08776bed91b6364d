package surplussenders

import (
	"context"
	"io"
)

type half struct {
	to   io.Writer
	from io.Reader
}

func (h half) pump(ended chan<- error) {
	_, err := io.Copy(h.to, h.from)
	ended <- err // want "surplus-senders: more goroutines send on `ended` than values are received"
}

func join(ctx context.Context, a, b io.ReadWriteCloser) error {
	defer a.Close()
	defer b.Close()
	ended := make(chan error)
	for _, h := range []half{
		{to: a, from: b},
		{to: b, from: a},
	} {
		go h.pump(ended)
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func joinBuffered(ctx context.Context, a, b io.ReadWriteCloser) error {
	defer a.Close()
	defer b.Close()
	ended := make(chan error, 2)
	for _, h := range []half{{to: a, from: b}, {to: b, from: a}} {
		go h.pump(ended)
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
