package fixed

import (
	"fmt"
	"strings"
)

type loaded struct {
	text string
	err  error
}

type future struct {
	ready chan loaded
}

func (f future) wait() (string, error) {
	l := <-f.ready
	return l.text, l.err
}

// Loader reads texts by key.
type Loader struct {
	Load func(key string) (string, error)
}

func (l *Loader) prefetch(key string) future {
	f := future{ready: make(chan loaded)}
	go func() {
		text, err := l.Load(key)
		f.ready <- loaded{text, err}
	}()
	return f
}

// Renderer puts texts into layouts.
type Renderer struct {
	Loader
	Layouts map[string]string
}

// Render loads the text when there is a layout for it.
func (r *Renderer) Render(layout, key string) (string, error) {
	frame, ok := r.Layouts[layout]
	if !ok {
		return "", fmt.Errorf("no layout %q", layout)
	}
	body, err := r.prefetch(key).wait()
	if err != nil {
		return "", fmt.Errorf("text %q: %w", key, err)
	}
	return strings.ReplaceAll(frame, "{{body}}", body), nil
}
