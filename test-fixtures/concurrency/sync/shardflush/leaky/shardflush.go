// Package leaky writes the dirty keys of a sharded cache to disk.
package leaky

import (
	"errors"
	"sync"
)

// Writer stores the keys of one shard.
type Writer interface {
	Write(shard int, keys []string) error
}

type shard struct {
	id      int
	retired bool
	dirty   []string
}

// Cache is split into shards that are flushed side by side.
type Cache struct {
	shards []*shard
	out    Writer
}

// New returns a cache with n shards.
func New(n int, out Writer) *Cache {
	c := &Cache{out: out}
	for id := range n {
		c.shards = append(c.shards, &shard{id: id})
	}
	return c
}

// Touch marks a key as dirty.
func (c *Cache) Touch(key string) {
	s := c.shards[len(key)%len(c.shards)]
	s.dirty = append(s.dirty, key)
}

// Retire takes a shard out of service.
func (c *Cache) Retire(id int) {
	c.shards[id].retired = true
}

// Flush writes all shards that are in service.
func (c *Cache) Flush() error {
	var wg sync.WaitGroup
	errs := make([]error, len(c.shards))
	wg.Add(len(c.shards))
	for i, s := range c.shards {
		if s.retired {
			continue
		}
		go func() {
			defer wg.Done()
			errs[i] = c.out.Write(s.id, s.dirty)
		}()
	}
	wg.Wait() // blocked: waitgroup-missing-done
	return errors.Join(errs...)
}
