// Package own uses a library of which the analysis knows only what the config says.
package own

import (
	"context"
	"errors"
	"fmt"

	"example.com/pool"
)

type store struct {
	conns *pool.Pool
}

var errBusy = errors.New("busy")

func (s *store) ping(ctx context.Context) error {
	c, err := s.conns.Get(ctx) // want "`c` \\(pooled connection\\) is not released on every way out: after the return on line 23 nobody can release any more what `s.conns.Get` gave: when all are taken, `Get` waits for ever"
	if err != nil {
		return err
	}
	return c.Ping()
}

func (s *store) onFailure(ctx context.Context) (string, error) {
	c, err := s.conns.Get(ctx) // want "is not released on every way out: after the return on line 33"
	if err != nil {
		return "", fmt.Errorf("get: %w", err)
	}
	answer, err := c.Do("time")
	if err != nil {
		return "", err
	}
	s.conns.Put(c)
	return answer, nil
}

func flagged(conns *pool.Pool) error {
	c, ok := conns.TryGet() // want "`c` is not released on every way out: after the return on line 44 nobody can release any more what `conns.TryGet` gave$"
	if !ok {
		return errBusy
	}
	return c.Ping()
}

func inBranch(conns *pool.Pool) error {
	if c, ok := conns.TryGet(); ok { // want "after the return on line 49"
		return c.Ping()
	}
	return errBusy
}

func dropped(conns *pool.Pool, ctx context.Context) error {
	_, err := conns.Get(ctx) // want "the result of `conns.Get` \\(pooled connection\\) is dropped, so nobody can release it any more: when all are taken"
	return err
}

func session(name string) error {
	s := pool.Open(name) // want "`s` \\(session\\) is not released on every way out"
	if err := s.Send("hello"); err != nil {
		return err
	}
	s.Close()
	return nil
}

func again(names []string) {
	for _, name := range names {
		s := pool.Open(name) // want "`s` \\(session\\) is not released before `pool.Open` runs again: in each turn of the loop"
		s.Send("hello")
	}
}

func overwritten(a, b string) {
	s := pool.Open(a) // want "`s` \\(session\\) gets a new value on line 78 before it was released"
	s.Send("hello")
	s = pool.Open(b)
	defer s.Close()
	s.Send("hello")
}

func leased(conns *pool.Pool) (string, error) {
	lease, release, err := conns.Lease("a") // want "`release` is not released on every way out" "`lease.Handle` is not released on every way out"
	if err != nil {
		return "", err
	}
	if lease.Handle.Name() == "" {
		return "", errBusy
	}
	lease.Handle.Free()
	release()
	return "ok", nil
}

func buffer() error {
	b := pool.Take() // want "`b` is not released on every way out"
	if err := b.Write("hello"); err != nil {
		return err
	}
	pool.Free(b)
	return nil
}

// What the release takes is for the author to say.
func token(ctx context.Context, work func() error) error {
	t := pool.Acquire("a") // want "`t` is not released on every way out"
	if err := work(); err != nil {
		return err
	}
	return t.Return(ctx)
}

func made() *pool.Pool { return pool.New(2) }

func fromFunction(ctx context.Context) error {
	conns := made()
	c, err := conns.Get(ctx) // want "`c` \\(pooled connection\\) is not released"
	if err != nil {
		return err
	}
	return c.Ping()
}
