package errgroupnotwaited

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func work() error                                   { return nil }
func workOn(ctx context.Context, name string) error { return ctx.Err() }
func load(name string) (string, error)              { return name, nil }

func never() error {
	var g errgroup.Group
	g.Go(work) // want "errgroup-not-waited: the function may return on line 18 without `g.Wait`"
	return nil
}

func earlyReturn(names []string) error {
	g := new(errgroup.Group)
	for _, name := range names {
		data, err := load(name)
		if err != nil {
			return err
		}
		g.Go(func() error { // want hint "errgroup-not-waited: the function may return on line 26"
			_, err := load(data)
			return err
		})
	}
	return g.Wait()
}

// Nobody waits: the function has no result to tell.
func fallsOff(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may end on line 42"
		return workOn(ctx, "a")
	})
}

func oneBranch(ctx context.Context, quick bool) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 50"
		return workOn(ctx, "a")
	})
	if quick {
		return nil
	}
	return g.Wait()
}

func sendAll(ctx context.Context, names []string) error {
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan string)
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 70"
		for name := range queue {
			if err := workOn(ctx, name); err != nil {
				return err
			}
		}
		return nil
	})
	for _, name := range names {
		select {
		case queue <- name:
		case <-ctx.Done():
			return errors.New("cancelled")
		}
	}
	close(queue)
	return g.Wait()
}

// The members wait for what is closed when the function has returned: no fix.
func deferredClose() error {
	var g errgroup.Group
	quit := make(chan struct{})
	defer close(quit)
	g.Go(func() error { // want "errgroup-not-waited: "
		<-quit
		return nil
	})
	return nil
}

func discarded(ctx context.Context, names []string) error {
	g, _ := errgroup.WithContext(ctx) // want "errgroup-not-waited: no member of `g` uses the context that ends when one of them fails, line 93 passes on `ctx` instead"
	for _, name := range names {
		g.Go(func() error {
			return workOn(ctx, name)
		})
	}
	return g.Wait()
}

func onlyLooksAtIt(ctx context.Context, names []string) error {
	g, groupCtx := errgroup.WithContext(ctx) // want "errgroup-not-waited: no member of `g` uses the context"
	for _, name := range names {
		if groupCtx.Err() != nil {
			break
		}
		g.Go(func() error {
			return workOn(ctx, name)
		})
	}
	return g.Wait()
}

// The members do not hear of the end of the context.
func limitedDeaf(ctx context.Context, sem *semaphore.Weighted, names []string) error {
	var g errgroup.Group
	for _, name := range names {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err
		}
		g.Go(func() error { // want hint "errgroup-not-waited: the function may return"
			defer sem.Release(1)
			_, err := load(name)
			return err
		})
	}
	return g.Wait()
}
