// Package leaky resolves host names, with aliases, from a zone that is slow to read.
package leaky

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
	c.mu.Lock() // blocked: double-lock
	defer c.mu.Unlock()
	if v, ok := c.items[key]; ok {
		return v, nil
	}
	v, err := c.load(key)
	if err == nil {
		c.items[key] = v
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
