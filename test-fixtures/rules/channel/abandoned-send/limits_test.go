package abandonedsend

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// The group's context is done only when its other member has failed, and with it the test.
func TestMembers(t *testing.T) {
	group, ctx := errgroup.WithContext(context.Background())
	group.Go(func() error { return handshake() })
	group.Go(func() error {
		answer := make(chan error)
		go func() {
			answer <- handshake() // want hint "abandoned-send"
		}()
		select {
		case <-ctx.Done():
			return nil
		case err := <-answer:
			return err
		}
	})
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
}

// Nobody looks at what the group says.
func TestLooseMembers(t *testing.T) {
	group, ctx := errgroup.WithContext(context.Background())
	group.Go(func() error { return handshake() })
	group.Go(func() error {
		answer := make(chan error)
		go func() {
			answer <- handshake() // want "abandoned-send"
		}()
		select {
		case <-ctx.Done():
			return nil
		case err := <-answer:
			return err
		}
	})
	_ = group.Wait()
	t.Log("over")
}

// The one who waits is in another function than the one who starts.
type waiter struct {
	mu   sync.Mutex
	cond *sync.Cond
}

func (w *waiter) wait(limit time.Duration) error {
	arrived := func() <-chan struct{} {
		ch := make(chan struct{})
		go func() {
			w.mu.Lock()
			w.cond.Wait()
			w.mu.Unlock()
			ch <- struct{}{} // want hint "abandoned-send"
		}()
		return ch
	}
	select {
	case <-time.After(limit):
		return errors.New("timed out")
	case <-arrived():
		return nil
	}
}

func TestWait(t *testing.T) {
	w := &waiter{}
	w.cond = sync.NewCond(&w.mu)
	if err := w.wait(time.Second); err != nil {
		t.Fatal(err)
	}
}

// Nothing at all where there else is a value.
func resultOf(limit time.Duration, run func(chan *answer)) *answer {
	done := make(chan *answer)
	go run(done)
	select {
	case <-time.After(limit):
		return nil
	case a := <-done:
		return a
	}
}

func firstResult() *answer {
	return resultOf(time.Second, func(done chan *answer) {
		n, err := handshaken()
		done <- &answer{n, err} // want hint "abandoned-send"
	})
}

// That the limit runs out is what the test wants.
func TestStaysBusy(t *testing.T) {
	done := make(chan int)
	go func() {
		_ = handshake()
		done <- 1 // want "abandoned-send"
	}()
	select {
	case <-done:
		t.Fatal("over too soon")
	case <-time.After(time.Second):
	}
}
