package lostcancel

import (
	"context"
	"errors"
	"os"
	"time"
)

type key struct{}

type holder struct{ ctx context.Context }

// Neither a parent nor a timer refers to the context, and nobody has it.
func unheld(name string) (context.CancelFunc, error) {
	ctx, cancel := context.WithCancel(context.Background()) // want hint "`cancel` is not called on every way out: at the return on line 18 nothing holds the context"
	if name == "" {
		return nil, errors.New("no name")
	}
	go func() { <-ctx.Done() }()
	return cancel, nil
}

// Where it is used it is cancelled.
func unheldBeforeDefer(name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want hint "nothing holds the context"
	if name == "" {
		return errors.New("no name")
	}
	defer cancel()
	return work(ctx)
}

func unheldBehindValues(name string) (context.CancelFunc, error) {
	root := context.TODO()
	ctx, cancel := context.WithCancelCause(context.WithValue(root, key{}, name)) // want hint "nothing holds the context"
	if name == "" {
		return nil, errors.New("no name")
	}
	go func() { <-ctx.Done() }()
	return func() { cancel(nil) }, nil
}

func withName(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, key{}, name)
}

// Deriving, testing, and returning it beside an error.
func unheldBesideError(name string) (context.Context, func(), error) {
	ctx, cancel := context.WithCancel(context.Background()) // want hint "nothing holds the context"
	ctx = withName(ctx, name)
	named := context.WithValue(ctx, key{}, name)
	if named.Err() != nil {
		return named, nil, named.Err()
	}
	dir, err := os.MkdirTemp("", name)
	if err != nil {
		return ctx, nil, err
	}
	return ctx, func() { os.RemoveAll(dir); cancel() }, nil
}

func unheldDiscarded() error {
	ctx, _ := context.WithCancel(context.Background()) // want hint "discarded: nothing holds this context"
	return ctx.Err()
}

func unheldInLoop(names []string) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(context.Background()) // want hint "not called before `context.WithCancel` runs again: nothing holds the context"
		if name == "" {
			continue
		}
		_ = work(ctx)
		cancel()
	}
}

func unheldOverwritten(slow bool) error {
	ctx, cancel := context.WithCancel(context.Background()) // want hint "overwritten on line 82"
	if slow && ctx.Err() == nil {
		ctx, cancel = context.WithTimeout(context.Background(), time.Second)
	}
	defer cancel()
	return work(ctx)
}

// The timer holds it.
func timed(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) // want "leak until the deadline"
	if name == "" {
		return errors.New("no name")
	}
	defer cancel()
	return work(ctx)
}

// The parent may live long.
func child(parent context.Context, name string) error {
	ctx, cancel := context.WithCancel(context.WithValue(parent, key{}, name)) // want "leaks until its parent is cancelled"
	if name == "" {
		return errors.New("no name")
	}
	defer cancel()
	return work(ctx)
}

// The parent is not the root on every way.
func sometimesChild(parent context.Context, name string) error {
	base := context.Background()
	if name != "root" {
		base = parent
	}
	ctx, cancel := context.WithCancel(base) // want "leaks until its parent is cancelled"
	if name == "" {
		return errors.New("no name")
	}
	defer cancel()
	return work(ctx)
}

func passedOn(name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func passedOnDiscarded() error {
	ctx, _ := context.WithCancel(context.Background()) // want "stay alive until the parent is cancelled"
	return work(ctx)
}

// The shortest way out is harmless, another is not.
func onOneWay(names []string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	if len(names) == 0 {
		return errors.New("no names")
	}
	if len(names) == 1 {
		return work(ctx)
	}
	defer cancel()
	return nil
}

func waitedFor(name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	go func() { <-ctx.Done() }()
	if name == "" {
		return errors.New("no name")
	}
	cancel()
	return nil
}

func derivedWaitedFor(name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	named := withName(ctx, name)
	go func() { <-named.Done() }()
	if name == "" {
		return errors.New("no name")
	}
	cancel()
	return nil
}

func storedContext(h *holder, name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	h.ctx = ctx
	if name == "" {
		return errors.New("no name")
	}
	cancel()
	return nil
}

func returnedForUse(keep func(func()), kept bool) context.Context {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	if kept {
		keep(cancel)
	}
	return ctx
}

func follow(ctx context.Context) (context.Context, chan bool) {
	stopped := make(chan bool)
	go func() { <-ctx.Done(); close(stopped) }()
	return ctx, stopped
}

// What comes beside the context may wait for it.
func startedBeside(name string) error {
	ctx, cancel := context.WithCancel(context.Background()) // want "leaks until its parent is cancelled"
	ctx, stopped := follow(ctx)
	if name == "" {
		return ctx.Err()
	}
	cancel()
	<-stopped
	return nil
}
