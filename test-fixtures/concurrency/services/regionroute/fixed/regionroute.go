// Package fixed routes keys to the stores that have them.
package fixed

import (
	"errors"
	"sort"
	"sync"
	"time"
)

var (
	errNoRegion = errors.New("no region has the key")
	errNoStore  = errors.New("store is unknown")
)

type region struct {
	start  string
	leader uint64
}

type limiter interface {
	wait()
}

type pause time.Duration

func (p pause) wait() {
	time.Sleep(time.Duration(p))
}

type routes struct {
	limiter limiter
	stale   chan uint64
	quit    chan struct{}
	ended   sync.WaitGroup

	mu      sync.RWMutex
	regions []region
	stores  map[uint64]string
}

func newRoutes(l limiter, regions []region, stores map[uint64]string) *routes {
	r := &routes{
		limiter: l,
		stale:   make(chan uint64, 4),
		quit:    make(chan struct{}),
		regions: regions,
		stores:  stores,
	}
	r.ended.Add(1)
	go r.evictLoop()
	return r
}

func (r *routes) evictLoop() {
	defer r.ended.Done()
	for {
		select {
		case id := <-r.stale:
			r.evict(id)
		case <-r.quit:
			return
		}
	}
}

func (r *routes) evict(id uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.stores, id)
}

// locate returns the address of the store that leads the region of a key.
func (r *routes) locate(key string) (string, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	i := sort.Search(len(r.regions), func(i int) bool { return r.regions[i].start > key })
	if i == 0 {
		return "", errNoRegion
	}
	r.limiter.wait()
	return r.address(r.regions[i-1].leader)
}

// address is called with the lock held.
func (r *routes) address(id uint64) (string, error) {
	address, ok := r.stores[id]
	if !ok {
		return "", errNoStore
	}
	return address, nil
}

func (r *routes) report(id uint64) {
	select {
	case r.stale <- id:
	case <-r.quit:
	}
}

func (r *routes) close() {
	close(r.quit)
	r.ended.Wait()
}

// Run evicts a store while a key of another one is located.
func Run() {
	r := newRoutes(
		pause(200*time.Millisecond),
		[]region{{start: "a", leader: 1}, {start: "m", leader: 2}},
		map[uint64]string{1: "10.0.0.1:20160", 2: "10.0.0.2:20160"},
	)
	defer r.close()
	var clients sync.WaitGroup
	clients.Go(func() { _, _ = r.locate("customer/7") })
	time.Sleep(100 * time.Millisecond)
	r.report(2)
	clients.Wait()
}
