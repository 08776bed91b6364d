package errgroupnotwaited

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

func work() error                                   { return nil }
func workOn(ctx context.Context, name string) error { return ctx.Err() }
func load(name string) (string, error)              { return name, nil }

func never() error {
	var g errgroup.Group
	g.Go(work) // want "errgroup-not-waited: the function may return on line 21 without `g.Wait`"
	return nil
}

func earlyReturn(names []string) error {
	g := new(errgroup.Group)
	for _, name := range names {
		data, err := load(name)
		if err != nil {
			return err
		}
		g.Go(func() error { // want hint "errgroup-not-waited: the function may return on line 29"
			_, err := load(data)
			return err
		})
	}
	return g.Wait()
}

// Nobody waits: the function has no result to tell.
func fallsOff(ctx context.Context) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may end on line 45"
		return workOn(ctx, "a")
	})
}

func oneBranch(ctx context.Context, quick bool) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 53"
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
	g.Go(func() error { // want "errgroup-not-waited: the function may return on line 73"
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
	g, _ := errgroup.WithContext(ctx) // want hint "errgroup-not-waited: no member of `g` uses the context that ends when one of them fails, line 97 passes on `ctx` instead"
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

// The members are started by a function that is kept in a variable.
func startsByFunction(ctx context.Context, names []string) (n int, err error) {
	g, ctx := errgroup.WithContext(ctx)
	start := func(data string) {
		g.Go(func() error { // want "errgroup-not-waited: the function may return on line 257"
			return workOn(ctx, data)
		})
	}
	for _, name := range names {
		data, err := load(name)
		if err != nil {
			return n, err
		}
		start(data)
		n++
	}
	return n, g.Wait()
}

// What is left is started when there is enough of it.
func startsInLots(ctx context.Context, next func() (string, error), stop func(string) bool) error {
	g, ctx := errgroup.WithContext(ctx)
	var lot []string
	flush := func() {
		if len(lot) == 0 {
			return
		}
		names := lot
		lot = nil
		g.Go(func() error { // want "errgroup-not-waited: the function may return on line 287"
			for _, name := range names {
				if err := workOn(ctx, name); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for {
		name, err := next()
		if err != nil {
			return err
		}
		if stop(name) {
			break
		}
		if lot = append(lot, name); len(lot) == 16 {
			flush()
		}
	}
	flush()
	return g.Wait()
}

// What walks the tree calls the function before it returns.
func startsInWalk(ctx context.Context, root string) error {
	g, ctx := errgroup.WithContext(ctx)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		g.Go(func() error { // want "errgroup-not-waited: the function may return on line 313"
			return workOn(ctx, path)
		})
		return nil
	})
	if err != nil {
		return err
	}
	return g.Wait()
}
