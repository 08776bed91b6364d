// Package fixed keeps the layers of container images and fetches those that are missing.
package fixed

import (
	"errors"
	"sync"
)

var errUnknown = errors.New("no such layer")

type layer struct {
	digest string
	parent *layer
	refs   int
}

type remote interface {
	parentOf(digest string) (string, error)
}

type registry map[string]string

func (r registry) parentOf(digest string) (string, error) {
	parent, ok := r[digest]
	if !ok {
		return "", errUnknown
	}
	return parent, nil
}

type layerStore struct {
	remote remote

	mu     sync.RWMutex
	layers map[string]*layer
}

func (s *layerStore) get(digest string) (*layer, error) {
	if digest == "" {
		return nil, nil
	}
	s.mu.RLock()
	l, ok := s.layers[digest]
	s.mu.RUnlock()
	if ok {
		return l, nil
	}
	return s.fetch(digest)
}

func (s *layerStore) fetch(digest string) (*layer, error) {
	parent, err := s.remote.parentOf(digest)
	if err != nil {
		return nil, err
	}
	below, err := s.get(parent)
	if err != nil {
		return nil, err
	}
	return s.add(&layer{digest: digest, parent: below}), nil
}

func (s *layerStore) add(l *layer) *layer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.layers[l.digest]; ok {
		return known
	}
	if l.parent != nil {
		l.parent.refs++
	}
	s.layers[l.digest] = l
	return l
}

// Run mounts an image of which the lower layer is there already.
func Run() {
	s := &layerStore{
		remote: registry{"app": "base", "base": ""},
		layers: make(map[string]*layer),
	}
	s.add(&layer{digest: "base"})
	for _, digest := range []string{"base", "app"} {
		if _, err := s.get(digest); err != nil {
			return
		}
	}
}
