package apart

// Add asks for the sum with the lock held.
func (p *purse) Add(n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.coins += n
	return p.Coins()
}
