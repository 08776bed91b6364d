package doublelock

import "sync"

// A helper that reads and gives the lock back, then wants to write, called by a reader.
type index struct {
	mu    sync.RWMutex
	pages map[string]int
}

func newIndex() *index { return &index{pages: map[string]int{}} }

func (x *index) refresh(key string) {
	x.mu.RLock()
	_, known := x.pages[key]
	x.mu.RUnlock()
	if known {
		return
	}
	x.mu.Lock() // want "double-lock: `x.mu` is locked for writing by the goroutine that has held it for reading since line 27"
	defer x.mu.Unlock()
	x.pages[key] = len(x.pages)
}

// Page keeps the lock while it asks for more.
func (x *index) Page(key string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if n, ok := x.pages[key]; ok {
		return n
	}
	x.refresh(key)
	return x.pages[key]
}
