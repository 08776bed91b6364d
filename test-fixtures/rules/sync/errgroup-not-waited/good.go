package errgroupnotwaited

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func waited(names []string) error {
	var g errgroup.Group
	for _, name := range names {
		g.Go(func() error {
			_, err := load(name)
			return err
		})
	}
	return g.Wait()
}

func waitedInIf(ctx context.Context) (string, error) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return workOn(ctx, "a") })
	if err := g.Wait(); err != nil {
		return "", err
	}
	return "done", nil
}

func deferred() (err error) {
	g := &errgroup.Group{}
	defer func() {
		if waitErr := g.Wait(); err == nil {
			err = waitErr
		}
	}()
	g.Go(work)
	if _, err := load("a"); err != nil {
		return err
	}
	return nil
}

// The same condition starts and waits.
func correlated(parallel bool) error {
	var g errgroup.Group
	if parallel {
		g.Go(work)
	}
	if parallel {
		return g.Wait()
	}
	return nil
}

type server struct {
	group *errgroup.Group
}

func stored() *server {
	g := new(errgroup.Group)
	g.Go(work)
	return &server{group: g}
}

func (s *server) start() {
	s.group.Go(work)
}

func start(g *errgroup.Group) {
	g.Go(work)
}

func passedOn() error {
	g := &errgroup.Group{}
	g.Go(work)
	return finish(g)
}

func finish(g *errgroup.Group) error { return g.Wait() }

// The one who gets the function waits.
func waiter() func() error {
	var g errgroup.Group
	g.Go(work)
	return func() error { return g.Wait() }
}

func waitedElsewhere() <-chan error {
	var g errgroup.Group
	done := make(chan error, 1)
	g.Go(work)
	go func() { done <- g.Wait() }()
	return done
}

func panics(ok bool) error {
	var g errgroup.Group
	g.Go(work)
	if !ok {
		panic("not ok")
	}
	return g.Wait()
}

func usesGroupContext(ctx context.Context, names []string) error {
	g, groupCtx := errgroup.WithContext(ctx)
	for _, name := range names {
		g.Go(func() error { return workOn(groupCtx, name) })
	}
	g.Go(func() error { return workOn(ctx, "report") })
	return g.Wait()
}

type client struct{ ctx context.Context }

func (c *client) get(ctx context.Context) error { return c.ctx.Err() }

// The members use the context of the group through the client.
func throughClient(ctx context.Context) error {
	g, groupCtx := errgroup.WithContext(ctx)
	c := &client{ctx: groupCtx}
	g.Go(func() error { return c.get(ctx) })
	return g.Wait()
}

// Nothing the members do takes a context.
func noContextNeeded(ctx context.Context) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return work() })
	return g.Wait()
}

func methodMembers(ctx context.Context, c *client) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(work)
	g.Go(func() error { return c.get(ctx) })
	return g.Wait()
}

// Acquire fails when the context ends, and with it all members.
func limited(ctx context.Context, sem *semaphore.Weighted, names []string) error {
	g, groupCtx := errgroup.WithContext(ctx)
	for _, name := range names {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err
		}
		g.Go(func() error {
			defer sem.Release(1)
			return workOn(groupCtx, name)
		})
	}
	return g.Wait()
}

type node struct{ err error }

func (n *node) start(ctx context.Context) error { return ctx.Err() }

// No member fails: each keeps its error, so that the context of the group never ends early.
func startAll(ctx context.Context, nodes []*node) error {
	g, _ := errgroup.WithContext(ctx)
	for _, n := range nodes {
		g.Go(func() error {
			check := func() error { return n.start(ctx) }
			if err := n.start(ctx); err != nil {
				n.err = err
				return nil
			}
			n.err = check()
			return nil
		})
	}
	return g.Wait()
}

// Started by a function, and waited for on every way after that.
func startsByFunctionAndWaits(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	start := func(name string) {
		g.Go(func() error { return workOn(ctx, name) })
	}
	if len(names) == 0 {
		return nil
	}
	for _, name := range names {
		start(name)
	}
	return g.Wait()
}

// Where nothing was started there is nothing to wait for.
func startsPerhaps(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	started := 0
	start := func(name string) {
		if name == "" {
			return
		}
		started++
		g.Go(func() error { return workOn(ctx, name) })
	}
	for _, name := range names {
		start(name)
	}
	if started == 0 {
		return nil
	}
	return g.Wait()
}

// The one counts beside the other.
func countsStarts(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	started := 0
	for _, name := range names {
		if name != "" {
			started++
			g.Go(func() error { return workOn(ctx, name) })
		}
	}
	if started == 0 {
		return nil
	}
	return g.Wait()
}

// What is refused is not started.
func startsOrFails(ctx context.Context, name string) error {
	g, ctx := errgroup.WithContext(ctx)
	start := func() error {
		data, err := load(name)
		if err != nil {
			return err
		}
		g.Go(func() error { return workOn(ctx, data) })
		return nil
	}
	if err := start(); err != nil {
		return err
	}
	return g.Wait()
}

// Who gets the function decides when it is called, and who waits.
func startsLater(ctx context.Context, register func(start func())) error {
	g, ctx := errgroup.WithContext(ctx)
	register(func() {
		g.Go(func() error { return workOn(ctx, "late") })
	})
	if ctx.Err() != nil {
		return nil
	}
	return g.Wait()
}

// Both are started by one function, which also says whether.
func startsIfWanted(ctx context.Context, wanted bool) error {
	g, ctx := errgroup.WithContext(ctx)
	start := func(wanted bool) {
		if wanted {
			g.Go(func() error { return workOn(ctx, "a") })
		}
	}
	start(wanted)
	if !wanted {
		return nil
	}
	return g.Wait()
}

type uploader struct {
	parallel int
	put      func(context.Context, string) error
}

// A limit that nobody has set yet is not meant to be zero.
func (u *uploader) Run(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(u.parallel)
	for _, name := range names {
		g.Go(func() error { return u.put(ctx, name) })
	}
	return g.Wait()
}
