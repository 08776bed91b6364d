package closeskipped

import (
	"context"
	"errors"
	"os"
	"time"
)

func deferred(path string) []string {
	out := make(chan string)
	go func() {
		defer close(out)
		b, err := os.ReadFile(path)
		if err != nil {
			return
		}
		out <- string(b)
	}()
	var all []string
	for line := range out {
		all = append(all, line)
	}
	return all
}

func everyWay(boot func() error) {
	up := make(chan struct{})
	go func() {
		if err := boot(); err != nil {
			close(up)
			return
		}
		close(up)
	}()
	<-up
}

func withTimeout(boot func() error) error {
	up := make(chan struct{})
	go func() {
		if err := boot(); err != nil {
			return
		}
		close(up)
	}()
	select {
	case <-up:
		return nil
	case <-time.After(time.Second):
		return errors.New("not up")
	}
}

func withContext(ctx context.Context, boot func() error) error {
	up := make(chan struct{})
	go func() {
		if boot() == nil {
			close(up)
		}
	}()
	select {
	case <-up:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func tellsFailure(boot func() error) error {
	up, failed := make(chan struct{}), make(chan error, 1)
	go func() {
		if err := boot(); err != nil {
			failed <- err
			return
		}
		close(up)
	}()
	select {
	case <-up:
		return nil
	case err := <-failed:
		return err
	}
}

// Whoever gets the channel knows more.
func handedOut(boot func() error) <-chan struct{} {
	up := make(chan struct{})
	go func() {
		if boot() == nil {
			close(up)
		}
	}()
	return up
}

func closedByOwner(items []string, use func(string)) error {
	queue := make(chan string)
	defer close(queue)
	go func() {
		for item := range queue {
			use(item)
		}
	}()
	for _, item := range items {
		if item == "" {
			return errors.New("empty item")
		}
		queue <- item
	}
	return nil
}
