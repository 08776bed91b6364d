package own

import (
	"context"

	"example.com/pool"
)

func (s *store) deferred(ctx context.Context) error {
	c, err := s.conns.Get(ctx)
	if err != nil {
		return err
	}
	defer s.conns.Put(c)
	return c.Ping()
}

func (s *store) put(c *pool.Conn) { s.conns.Put(c) }

func (s *store) byHelper(ctx context.Context) error {
	c, err := s.conns.Get(ctx)
	if err != nil {
		return err
	}
	defer s.put(c)
	return c.Ping()
}

func (s *store) inLiteral(ctx context.Context) error {
	c, err := s.conns.Get(ctx)
	if err != nil {
		return err
	}
	defer func() {
		s.conns.Put(c)
	}()
	return c.Ping()
}

// The caller has it.
func (s *store) get(ctx context.Context) (*pool.Conn, error) {
	c, err := s.conns.Get(ctx)
	if err != nil {
		return nil, err
	}
	return c, nil
}

type holder struct{ c *pool.Conn }

func (s *store) keep(ctx context.Context, h *holder) (err error) {
	h.c, err = s.conns.Get(ctx)
	return err
}

func (s *store) hand(ctx context.Context, to chan<- *pool.Conn) error {
	c, err := s.conns.Get(ctx)
	if err != nil {
		return err
	}
	to <- c
	return nil
}

func flagChecked(conns *pool.Pool) error {
	c, ok := conns.TryGet()
	if !ok {
		return errBusy
	}
	defer conns.Put(c)
	return c.Ping()
}

func onTrue(conns *pool.Pool) error {
	if c, ok := conns.TryGet(); ok {
		defer conns.Put(c)
		return c.Ping()
	}
	return errBusy
}

// Nothing is seen of what New gives, so `conns` may be anything.
func unseen(ctx context.Context) error {
	conns := pool.New(1)
	c, err := conns.Get(ctx)
	if err != nil {
		return err
	}
	return c.Ping()
}

// Another type with a method of that name.
type cache struct{}

func (*cache) Get(ctx context.Context) (*pool.Conn, error) { return nil, nil }

func other(ctx context.Context, c *cache) error {
	v, err := c.Get(ctx)
	if err != nil {
		return err
	}
	return v.Ping()
}

// What WithName gives may be what was there before.
func renamed(ctx context.Context, conns *pool.Pool) error {
	c, err := conns.Get(ctx)
	if err != nil {
		return err
	}
	c = c.WithName("a")
	defer conns.Put(c)
	return c.Ping()
}

func renamedSession() {
	s := pool.Open("a")
	defer s.Close()
	s.Flush()
}

func bothReleased(conns *pool.Pool) error {
	lease, release, err := conns.Lease("a")
	if err != nil {
		return err
	}
	defer release()
	defer lease.Handle.Free()
	_ = lease.Handle.Name()
	return nil
}

func freed() error {
	b := pool.Take()
	defer pool.Free(b)
	return b.Write("hello")
}
