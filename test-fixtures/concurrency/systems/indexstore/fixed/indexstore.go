// Package fixed is the local cache of a controller, with indexes that are computed by callbacks.
package fixed

import (
	"maps"
	"slices"
	"sync"
	"time"
)

type object struct {
	name  string
	owner string
}

type indexer struct {
	mu      sync.RWMutex
	objects map[string]object
	indexes map[string]func(object) []string
}

func (x *indexer) addIndex(name string, keys func(object) []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.indexes[name] = keys
}

func (x *indexer) get(name string) (object, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	o, ok := x.objects[name]
	return o, ok
}

func (x *indexer) put(o object) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.objects[o.name] = o
}

func (x *indexer) lookup(index, key string) []object {
	x.mu.RLock()
	keys := x.indexes[index]
	objects := slices.Collect(maps.Values(x.objects))
	x.mu.RUnlock()
	var found []object
	for _, o := range objects {
		for _, k := range keys(o) {
			if k == key {
				found = append(found, o)
			}
		}
	}
	return found
}

type controller struct {
	cache *indexer
	parse func(owner string) string
}

func newController(cache *indexer, parse func(owner string) string) *controller {
	c := &controller{cache: cache, parse: parse}
	cache.addIndex("root", c.roots)
	return c
}

func (c *controller) roots(o object) []string {
	for o.owner != "" {
		parent, ok := c.cache.get(c.parse(o.owner))
		if !ok {
			return nil
		}
		o = parent
	}
	return []string{o.name}
}

func (c *controller) reconcile(root string) int {
	return len(c.cache.lookup("root", root))
}

// Run reconciles a deployment while an update comes in.
func Run() {
	parsing := make(chan struct{}, 8)
	c := newController(
		&indexer{objects: make(map[string]object), indexes: make(map[string]func(object) []string)},
		func(owner string) string {
			parsing <- struct{}{}
			time.Sleep(100 * time.Millisecond)
			return owner
		})
	c.cache.put(object{name: "web"})
	c.cache.put(object{name: "web-1", owner: "web"})
	var updates sync.WaitGroup
	updates.Go(func() {
		<-parsing
		c.cache.put(object{name: "batch"})
	})
	c.reconcile("web")
	updates.Wait()
}
