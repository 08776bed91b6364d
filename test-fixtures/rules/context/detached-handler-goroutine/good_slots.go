package detachedhandlergoroutine

import (
	"context"
	"sync"
)

// Who gives up leaves the queue.
func (t *thumbnails) OrderWatched(ctx context.Context, name string) <-chan []byte {
	out := make(chan []byte, 1)
	go func() {
		defer close(out)
		select {
		case t.free <- struct{}{}:
		case <-ctx.Done():
			return
		}
		defer func() { <-t.free }()
		if picture, err := t.paint(ctx, name); err == nil {
			out <- picture
		}
	}()
	return out
}

// It is joined: the caller waits as long as the goroutines do.
func (t *thumbnails) OrderAll(ctx context.Context, names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			t.free <- struct{}{}
			defer func() { <-t.free }()
			if picture, err := t.paint(ctx, name); err == nil {
				t.done(name, picture)
			}
		}()
	}
	wg.Wait()
}

// Meant to be done in any case.
func (t *thumbnails) OrderForSure(ctx context.Context, name string) {
	go func() {
		t.free <- struct{}{}
		defer func() { <-t.free }()
		if picture, err := t.paint(context.WithoutCancel(ctx), name); err == nil {
			t.done(name, picture)
		}
	}()
}

// The slot is taken before the goroutine is started.
func (t *thumbnails) OrderTaken(ctx context.Context, name string) {
	t.free <- struct{}{}
	go func() {
		defer func() { <-t.free }()
		if picture, err := t.paint(ctx, name); err == nil {
			t.done(name, picture)
		}
	}()
}

// The context plays no part in what the goroutine does.
func (t *thumbnails) Blank(ctx context.Context, name string) error {
	go func() {
		t.free <- struct{}{}
		defer func() { <-t.free }()
		t.done(name, nil)
	}()
	return ctx.Err()
}

// Nobody can end the context.
func (t *thumbnails) warm(ctx context.Context, name string) {
	go func() {
		t.free <- struct{}{}
		defer func() { <-t.free }()
		if picture, err := t.paint(ctx, name); err == nil {
			t.done(name, picture)
		}
	}()
}

func (t *thumbnails) Warm(names []string) {
	for _, name := range names {
		t.warm(context.Background(), name)
	}
}
