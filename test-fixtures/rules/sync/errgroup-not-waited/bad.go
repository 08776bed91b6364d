package errgroupnotwaited

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func work() error                                   { return nil }
func workOn(ctx context.Context, name string) error { return ctx.Err() }
func load(name string) (string, error)              { return name, nil }

func never() error {
	var g errgroup.Group
	g.Go(work) // want "errgroup-not-waited: the function may return on line 19 without `g.Wait`"
	return nil
}

func earlyReturn(names []string) error {
	g := new(errgroup.Group)
	for _, name := range names {
		data, err := load(name)
		if err != nil {
			return err
		}
		g.Go(func() error { // want hint "errgroup-not-waited: the function may return on line 27"
			_, err := load(data)
			return err
		})
	}
	return g.Wait()
}

// Nobody waits: the function has no result to tell.
func fallsOff(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may end on line 43"
		return workOn(ctx, "a")
	})
}

func oneBranch(ctx context.Context, quick bool) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 51"
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
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 71"
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

// The context is discarded by hand: perhaps each of them shall be tried.
func discarded(ctx context.Context, names []string) error {
	g, _ := errgroup.WithContext(ctx) // want hint "errgroup-not-waited: no member of `g` uses the context that ends when one of them fails, line 95 passes on `ctx` instead"
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

// A member waits for the end of the other context.
func discardedWait(ctx context.Context, names []string, ready func(name string) bool) error {
	g, _ := errgroup.WithContext(ctx) // want "errgroup-not-waited: no member of `g` uses the context"
	for _, name := range names {
		g.Go(func() error {
			for !ready(name) {
				select {
				case <-ctx.Done():
					return nil
				case <-time.After(time.Second):
				}
			}
			return workOn(ctx, name)
		})
	}
	return g.Wait()
}

// One of them may fail after all.
func namedResult(ctx context.Context, names []string) error {
	g, groupCtx := errgroup.WithContext(ctx) // want "errgroup-not-waited: no member of `g` uses the context"
	for _, name := range names {
		if groupCtx.Err() != nil {
			break
		}
		g.Go(func() (err error) {
			if err = workOn(ctx, name); err != nil {
				return
			}
			return nil
		})
	}
	return g.Wait()
}

// The deferred cancel ends the members on the early return; their errors are not wanted.
func abortedLoad(pages int, fetch func(page int) ([]int, error), use func(n int) error) error {
	ctx, abort := context.WithCancel(context.Background())
	defer abort()
	queue := make(chan int)
	var g errgroup.Group
	for range 4 {
		g.Go(func() error { // want hint "errgroup-not-waited: the function may return"
			for {
				select {
				case <-ctx.Done():
					return nil
				case n, ok := <-queue:
					if !ok {
						return nil
					}
					if err := use(n); err != nil {
						abort()
						return err
					}
				}
			}
		})
	}
	for page := range pages {
		numbers, err := fetch(page)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			select {
			case queue <- n:
			case <-ctx.Done():
			}
		}
	}
	close(queue)
	return g.Wait()
}

// The cancel is not called on the way out.
func neverAborted(pages int, fetch func(page int) ([]int, error), use func(n int) error) error {
	ctx, abort := context.WithCancel(context.Background())
	queue := make(chan int)
	var g errgroup.Group
	g.Go(func() error { // want "errgroup-not-waited: the function may return"
		for {
			select {
			case <-ctx.Done():
				return nil
			case n, ok := <-queue:
				if !ok {
					return nil
				}
				if err := use(n); err != nil {
					abort()
					return err
				}
			}
		}
	})
	for page := range pages {
		numbers, err := fetch(page)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			select {
			case queue <- n:
			case <-ctx.Done():
			}
		}
	}
	close(queue)
	err := g.Wait()
	abort()
	return err
}
