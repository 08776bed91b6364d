package cancelneverreached

import (
	"context"
	"io"
	"log"
	"time"
)

func refresh() {}

func refreshLoop() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel() // want "cancel-never-reached: this `cancel\\(\\)` is never reached: its goroutine waits on line 18 until `ctx` is cancelled"
		t := time.NewTicker(time.Minute)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				refresh()
			}
		}
	}()
}

// The connection is closed when the context ends, which it does not.
func closeAtEnd(c io.Closer) {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		<-ctx.Done()
		c.Close()
		stop() // want "cancel-never-reached: this `stop\\(\\)` is never reached"
	}()
}

func inArm(lines chan string) {
	ctx, cancel := context.WithCancel(context.TODO())
	go func() {
		for {
			select {
			case <-ctx.Done():
				cancel() // want "cancel-never-reached: .*line 42"
				return
			case line := <-lines:
				log.Print(line)
			}
		}
	}()
}

func drain(ctx context.Context, cancel context.CancelFunc, lines <-chan string) {
	defer cancel() // want "cancel-never-reached: this `cancel\\(\\)` is never reached: its goroutine waits on line 56"
	for {
		select {
		case <-ctx.Done():
			return
		case line := <-lines:
			log.Print(line)
		}
	}
}

func passedAlong(lines <-chan string) {
	ctx, cancel := context.WithCancel(context.Background())
	go drain(ctx, cancel, lines)
}

func loopUntilDone(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
			refresh()
		}
	}
}

func inCallee() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel() // want "cancel-never-reached: .*line 72"
		loopUntilDone(ctx)
	}()
}

type key struct{}

func withValues() {
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, 1))
	go func() {
		defer func() {
			log.Print("stopped")
			cancel() // want "cancel-never-reached: "
		}()
		named := context.WithValue(ctx, key{}, 2)
		for named.Err() == nil {
			refresh()
			time.Sleep(time.Second)
		}
	}()
}

// Nobody closes quit: both arms wait for what never comes.
func deadChannel() {
	ctx, cancel := context.WithCancel(context.Background())
	quit := make(chan struct{})
	go func() {
		defer cancel() // want "cancel-never-reached: "
		select {
		case <-ctx.Done():
		case <-quit:
		}
	}()
}

// Two goroutines, and each leaves it to the other.
func eachOther(a, b chan int) {
	ctx, cancel := context.WithCancel(context.Background())
	copyTo := func(from, to chan int) {
		for {
			select {
			case <-ctx.Done():
				return
			case to <- <-from:
			}
		}
	}
	go func() {
		defer cancel() // want "cancel-never-reached: "
		copyTo(a, b)
	}()
	go func() {
		defer cancel()
		copyTo(b, a)
	}()
}

func own(handle func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // want "cancel-never-reached: this `cancel\\(\\)` is never reached: the function waits on line 146"
	go handle(ctx)
	<-ctx.Done()
}

func whileServing(listen func() error, requests chan int) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel() // want "cancel-never-reached: "
		loopUntilDone(ctx)
	}()
	for range requests {
		refresh()
	}
	return listen()
}

func fromInternalCallers(ctx context.Context) {
	inner, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel() // want "cancel-never-reached: "
		<-inner.Done()
	}()
}

func callsInternal() { fromInternalCallers(context.Background()) }

// The call on the way on which it failed does not help who was started on the other one.
func afterFailure(open func(context.Context) (chan int, error)) error {
	ctx, cancel := context.WithCancel(context.Background())
	lines, err := open(ctx)
	if err != nil {
		cancel()
		return err
	}
	go func() {
		defer cancel() // want "cancel-never-reached: "
		for {
			select {
			case <-ctx.Done():
				close(lines)
				return
			case <-time.After(time.Minute):
				refresh()
			}
		}
	}()
	return nil
}

// Each turn has a context of its own.
func eachTurn(names []string, open func(context.Context, string) error) {
	for _, name := range names {
		ctx, cancel := context.WithCancel(context.Background())
		switch err := open(ctx, name); {
		case err != nil:
			cancel()
		default:
			go func() {
				<-ctx.Done()
				cancel() // want "cancel-never-reached: "
			}()
		}
	}
}

type watcher struct{ every time.Duration }

func (w *watcher) follow(ctx context.Context) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			refresh()
		case <-ctx.Done():
			return
		}
	}
}

// What the caller's context says of its end is left behind.
func (w *watcher) Begin(parent context.Context) {
	kept := context.WithoutCancel(parent)
	ctx, cancel := context.WithCancel(kept)
	go func() {
		defer cancel() // want "cancel-never-reached: "
		w.follow(ctx)
	}()
}
