// Package fixed resolves host names, with aliases, from a zone that is slow to read.
package fixed

import (
	"fmt"
	"strings"
	"sync"
)

// Cache remembers what load returned.
type Cache[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]V
	load  func(key K) (V, error)
}

// NewCache returns an empty cache.
func NewCache[K comparable, V any](load func(key K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{items: make(map[K]V), load: load}
}

// Get returns the value of a key and loads it when it is not known yet.
func (c *Cache[K, V]) Get(key K) (V, error) {
	c.mu.Lock()
	v, ok := c.items[key]
	c.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := c.load(key)
	if err == nil {
		c.mu.Lock()
		c.items[key] = v
		c.mu.Unlock()
	}
	return v, err
}

// Resolver finds addresses in a zone.
type Resolver struct {
	zone  map[string]string
	cache *Cache[string, string]
}

// NewResolver returns a resolver for a zone; the value "alias:name" means the address of that name.
func NewResolver(zone map[string]string) *Resolver {
	r := &Resolver{zone: zone}
	r.cache = NewCache(r.lookup)
	return r
}

func (r *Resolver) lookup(name string) (string, error) {
	value, ok := r.zone[name]
	if !ok {
		return "", fmt.Errorf("%s: no such host", name)
	}
	if target, ok := strings.CutPrefix(value, "alias:"); ok {
		return r.Resolve(target)
	}
	return value, nil
}

// Resolve returns the address of a name.
func (r *Resolver) Resolve(name string) (string, error) {
	return r.cache.Get(name)
}
