package detachedhandlergoroutine

import "context"

type thumbnails struct {
	free  chan struct{}
	paint func(ctx context.Context, name string) ([]byte, error)
	done  func(name string, picture []byte)
}

// While all slots are taken, the goroutines of callers that have given up pile up.
func (t *thumbnails) Order(ctx context.Context, name string) <-chan []byte {
	out := make(chan []byte, 1)
	go func() { // want "detached-handler-goroutine: this goroutine outlives the call and waits on line 16 for a slot of `t.free` without watching `ctx`"
		defer close(out)
		t.free <- struct{}{}
		defer func() { <-t.free }()
		if picture, err := t.paint(ctx, name); err == nil {
			out <- picture
		}
	}()
	return out
}

// Tokens that are taken out and put back.
func (t *thumbnails) Later(ctx context.Context, name string) {
	go func() { // want "waits on line 28 for a slot of `t.free`"
		slot := <-t.free
		picture, err := t.paint(ctx, name)
		t.free <- slot
		if err == nil {
			t.done(name, picture)
		}
	}()
}
