// Package fixed watches a key-value store from a revision on.
package fixed

import (
	"context"
	"fmt"
	"io"
	"strconv"
)

type change struct {
	revision uint64
	key      string
}

type stream interface {
	next() (string, error)
}

type recorded struct {
	frames []string
}

func (r *recorded) next() (string, error) {
	if len(r.frames) == 0 {
		return "", io.ErrUnexpectedEOF
	}
	frame := r.frames[0]
	r.frames = r.frames[1:]
	return frame, nil
}

type watcher struct {
	source  stream
	changes chan change
	errs    chan error
	cancel  context.CancelFunc
}

func watch(parent context.Context, source stream) *watcher {
	ctx, cancel := context.WithCancel(parent)
	w := &watcher{source: source, changes: make(chan change), errs: make(chan error), cancel: cancel}
	go w.receive(ctx)
	return w
}

func (w *watcher) receive(ctx context.Context) {
	defer close(w.changes)
	for {
		c, err := w.decode()
		if err != nil {
			select {
			case w.errs <- err:
			case <-ctx.Done():
			}
			return
		}
		select {
		case w.changes <- c:
		case <-ctx.Done():
			return
		}
	}
}

func (w *watcher) decode() (change, error) {
	frame, err := w.source.next()
	if err != nil {
		return change{}, fmt.Errorf("receive: %w", err)
	}
	revision, err := strconv.ParseUint(frame, 10, 64)
	return change{revision, "key/" + frame}, err
}

func (w *watcher) stop() {
	w.cancel()
}

type mirror struct {
	revision uint64
	keys     map[string]uint64
}

func (m *mirror) catchUp(w *watcher, revision uint64) error {
	defer w.stop()
	for m.revision < revision {
		select {
		case c, ok := <-w.changes:
			if !ok {
				return io.EOF
			}
			m.keys[c.key], m.revision = c.revision, c.revision
		case err := <-w.errs:
			return err
		}
	}
	return nil
}

// Run catches up with the last revision before the stream breaks off.
func Run() {
	m := &mirror{keys: make(map[string]uint64)}
	w := watch(context.Background(), &recorded{frames: []string{"7", "8", "9"}})
	if m.catchUp(w, 9) != nil {
		return
	}
}
