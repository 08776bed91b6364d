// Package leaky renders previews of uploaded pictures in the background.
package leaky

import (
	"errors"
	"sync"
)

var errNotPicture = errors.New("not a picture")

// Renderer keeps the previews it has made.
type Renderer struct {
	mu       sync.Mutex
	previews map[string]int
	rejected []string
	pending  sync.WaitGroup
}

// NewRenderer returns a renderer without previews.
func NewRenderer() *Renderer {
	return &Renderer{previews: make(map[string]int)}
}

func width(data []byte) (int, error) {
	if len(data) < 2 || data[0] != 0x89 {
		return 0, errNotPicture
	}
	return int(data[1]), nil
}

func (r *Renderer) reject(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rejected = append(r.rejected, name)
}

func (r *Renderer) render(name string, data []byte) {
	w, err := width(data)
	if err != nil {
		r.reject(name)
		return
	}
	r.mu.Lock()
	r.previews[name] = w / 4
	r.mu.Unlock()
	r.pending.Done()
}

// RenderAll renders all uploads and returns how many of them have a preview.
func (r *Renderer) RenderAll(uploads map[string][]byte) int {
	for name, data := range uploads {
		r.pending.Add(1)
		go r.render(name, data)
	}
	r.pending.Wait() // blocked: waitgroup-missing-done
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.previews)
}
