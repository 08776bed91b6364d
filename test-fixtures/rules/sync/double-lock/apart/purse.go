package apart

import "sync"

type purse struct {
	mu    sync.Mutex
	coins int
}

func (p *purse) Coins() int {
	p.mu.Lock() // want "double-lock: `p.mu` is locked again"
	defer p.mu.Unlock()
	return p.coins
}
