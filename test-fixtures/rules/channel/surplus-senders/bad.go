package surplussenders

import (
	"context"
	"errors"
	"time"
)

// Only the fastest answer is received.
func fastest(mirrors []string, fetch func(string) string) string {
	answers := make(chan string)
	for _, mirror := range mirrors {
		go func() {
			answers <- fetch(mirror) // want "surplus-senders: more goroutines send on `answers` than values are received"
		}()
	}
	return <-answers
}

func firstError(checks []func() error) error {
	errs := make(chan error)
	for _, check := range checks {
		go func() { errs <- check() }() // want "surplus-senders"
	}
	for range checks {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func threeReplicas(read func(int) []byte) []byte {
	replies := make(chan []byte)
	for i := 0; i < 3; i++ {
		go func() {
			replies <- read(i) // want "surplus-senders"
		}()
	}
	return <-replies
}

func query(id int, out chan<- int, ask func(int) int) {
	out <- ask(id) // want "surplus-senders"
}

func quorum(ask func(int) int) int {
	votes := make(chan int)
	for id := range 5 {
		go query(id, votes, ask)
	}
	sum := 0
	for range 3 {
		sum += <-votes
	}
	return sum
}

func withDeadline(ctx context.Context, hosts []string, dial func(string) error) error {
	failed := make(chan error)
	for _, host := range hosts {
		go func() { failed <- dial(host) }() // want "surplus-senders"
	}
	for range hosts {
		select {
		case err := <-failed:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func hedged(call func() int) (int, error) {
	result := make(chan int)
	for range 2 {
		go func() {
			result <- call() // want "surplus-senders"
		}()
	}
	select {
	case v := <-result:
		return v, nil
	case <-time.After(time.Second):
		return 0, errors.New("too slow")
	}
}

// One place is not enough for all.
func oneBuffered(jobs []func() error) error {
	errs := make(chan error, 1)
	for _, job := range jobs {
		go func() {
			if err := job(); err != nil {
				errs <- err // want "surplus-senders"
			}
		}()
	}
	select {
	case err := <-errs:
		return err
	case <-time.After(time.Minute):
		return nil
	}
}
