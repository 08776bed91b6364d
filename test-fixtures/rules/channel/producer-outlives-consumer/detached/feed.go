package detached

import (
	"context"
	"errors"
)

type partition struct{ length int }

func (p partition) read(ctx context.Context) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for offset := range p.length {
			select { // want "producer-outlives-consumer"
			case out <- offset:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// The goroutine does not hear that the caller is done.
func consume(ctx context.Context, p partition) error {
	for offset := range p.read(context.WithoutCancel(ctx)) {
		if offset == 2 {
			return errors.New("record is damaged")
		}
	}
	return nil
}

func run() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_ = consume(ctx, partition{length: 5})
}
