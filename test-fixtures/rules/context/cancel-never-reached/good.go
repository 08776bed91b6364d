package cancelneverreached

import (
	"context"
	"log"
	"net"
	"os"
	"os/signal"
	"sync"
	"time"
)

// The owner cancels.
func ownerCancels(work func()) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	work()
}

// Another goroutine cancels when its work is done.
func otherCancels(work func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	go func() {
		work()
		cancel()
	}()
}

func fromCaller(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
}

func FromAnyCaller(parent context.Context) {
	go func() {
		ctx, cancel := context.WithCancel(parent)
		defer cancel()
		<-ctx.Done()
	}()
}

func timed() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
}

func fromTimed() {
	limited, stop := context.WithTimeout(context.Background(), time.Minute)
	ctx, cancel := context.WithCancel(limited)
	go func() {
		defer stop()
		defer cancel()
		<-ctx.Done()
	}()
}

func untilSignal() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	go func() {
		defer stop()
		<-ctx.Done()
	}()
}

// The loop ends when the channel is closed.
func otherWay(lines chan string) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		for {
			select {
			case <-ctx.Done():
				return
			case line, ok := <-lines:
				if !ok {
					return
				}
				log.Print(line)
			}
		}
	}()
}

// The read fails when the peer hangs up.
func onError(c net.Conn, out chan []byte) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		for {
			buf := make([]byte, 1024)
			n, err := c.Read(buf)
			if err != nil {
				return
			}
			select {
			case <-ctx.Done():
				return
			case out <- buf[:n]:
			}
		}
	}()
}

// Cancelled before the wait.
func before(work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		work(ctx)
		cancel()
		<-ctx.Done()
	}()
}

// Cancelled by the other arm.
func byArm(errs chan error) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-errs:
				cancel()
			}
		}
	}()
}

func limited() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		select {
		case <-ctx.Done():
		case <-time.After(time.Minute):
		}
	}()
}

type owner struct{ cancel context.CancelFunc }

func (o *owner) Close() { o.cancel() }

func stored(o *owner) {
	ctx, cancel := context.WithCancel(context.Background())
	o.cancel = cancel
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
}

func returned() context.CancelFunc {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	return cancel
}

// One of the two ends by itself, and so does the other.
func pair(work func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		defer cancel()
		work()
	}()
	go func() {
		defer wg.Done()
		defer cancel()
		<-ctx.Done()
	}()
	wg.Wait()
}

// The wait is one of several ways.
func sometimes(work func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		if err := work(ctx); err != nil {
			return
		}
		<-ctx.Done()
	}()
}

// A failure ends the process, and the wait with it.
func fatal(errs chan error) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		for {
			select {
			case <-ctx.Done():
				return
			case err := <-errs:
				log.Fatal(err)
			}
		}
	}()
}

// Whoever gets the function may cancel.
func registered(register func(func())) {
	ctx, cancel := context.WithCancel(context.Background())
	register(cancel)
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
}

// The deferred call that waits comes after the one that cancels.
func inOrder(work func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer waitFor(ctx)
		defer cancel()
		work()
	}()
}

func waitFor(ctx context.Context) { <-ctx.Done() }

func init() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
}

// What fails after the start cancels, too.
func failsLater(open func(context.Context) error, work func()) error {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	if err := open(ctx); err != nil {
		cancel()
		return err
	}
	work()
	return nil
}

// Cancelled before the start: the goroutine does not wait.
func cancelledFirst(open func(context.Context) error, clean func()) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := open(ctx); err != nil {
		cancel()
	}
	if ctx.Err() == nil {
		clean()
	}
	go func() {
		defer cancel()
		<-ctx.Done()
		clean()
	}()
}

// Deferred before anything may fail.
func deferredOnFailure(open func(context.Context) error) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err = open(ctx); err != nil {
		return err
	}
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	return open(ctx)
}

// Taken over by whoever made it, where it has not failed.
type keeper struct{ cancels map[string]context.CancelFunc }

func (k *keeper) keep(name string, open func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	if err := open(ctx); err != nil {
		cancel()
		return err
	}
	k.cancels[name] = cancel
	go func() {
		defer cancel()
		<-ctx.Done()
	}()
	return nil
}

func (k *keeper) drop(name string) { k.cancels[name]() }

// The same context for all turns: a later one may cancel what an earlier one has started.
func oneForAll(open func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	for {
		if open(ctx) != nil {
			cancel()
			return
		}
		go func() {
			defer cancel()
			<-ctx.Done()
		}()
	}
}

type watchdog struct {
	watcher
	stop context.CancelFunc
}

// The owner has it, too.
func (w *watchdog) Begin(parent context.Context) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	w.stop = cancel
	go func() {
		defer cancel()
		w.follow(ctx)
	}()
}

func (w *watchdog) Close() { w.stop() }

// A deadline ends it.
func (w *watchdog) BeginFor(parent context.Context, d time.Duration) {
	limited, end := context.WithTimeout(context.WithoutCancel(parent), d)
	ctx, cancel := context.WithCancel(limited)
	go func() {
		defer end()
		defer cancel()
		w.follow(ctx)
	}()
}
