package apart

import (
	"context"
	"errors"
	"strings"
)

func (a *archive) has(wanted string) bool {
	for p := range a.stream() {
		if p == wanted {
			return true
		}
	}
	return false
}

// The producer does not hear that its consumer is done.
func (a *archive) check(ctx context.Context) error {
	for p := range a.until(context.WithoutCancel(ctx)) {
		if p == "" {
			return errors.New("a page is empty")
		}
	}
	return nil
}

func checkAll() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a := &archive{pages: []string{"a", "", "b"}}
	_ = a.check(ctx)
	_ = a.has("a")
}

// Of all who wait for it, one hears of the end.
func (w *watcher) end() {
	w.stop <- struct{}{}
}

func firstWith(word string, logs ...func() string) string {
	w := &watcher{lines: make(chan string), stop: make(chan struct{})}
	for _, next := range logs {
		go w.watch(next)
	}
	defer w.end()
	for l := range w.lines {
		if strings.Contains(l, word) {
			return l
		}
	}
	return ""
}
