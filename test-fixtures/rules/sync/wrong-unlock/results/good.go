package results

import "sync"

type zone struct {
	mu    sync.RWMutex
	names map[string]int
}

type globe struct{ zones [4]*zone }

func (g *globe) toRead(n int) *zone {
	z := g.zones[n%4]
	z.mu.RLock()
	return z
}

// Read first, and written then.
func (g *globe) add(n int, name string) {
	z := g.toRead(n)
	known := z.names[name] != 0
	z.mu.RUnlock()
	if known {
		return
	}
	z.mu.Lock()
	z.names[name] = n
	z.mu.Unlock()
}

// Another one is locked for writing.
func (g *globe) move(n, m int, name string) {
	from := g.toRead(n)
	at := from.names[name]
	from.mu.RUnlock()
	to := g.zones[m%4]
	to.mu.Lock()
	defer to.mu.Unlock()
	to.names[name] = at
}

// As the caller wants it.
func (g *globe) open(n int, write bool) *zone {
	z := g.zones[n%4]
	if write {
		z.mu.Lock()
	} else {
		z.mu.RLock()
	}
	return z
}

func (g *globe) drop(n int, name string) {
	z := g.open(n, true)
	defer z.mu.Unlock()
	delete(z.names, name)
}
