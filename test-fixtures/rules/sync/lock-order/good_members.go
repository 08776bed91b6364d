package lockorder

import "sync"

type guest struct {
	mu   sync.Mutex
	name string
}

type party struct {
	mu     sync.Mutex
	guests []*guest
	hosts  []*guest
}

func (p *party) Names() (all []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, g := range p.guests {
		g.mu.Lock()
		all = append(all, g.name)
		g.mu.Unlock()
	}
	return all
}

// In which of the two lists the guest is, or in none, is not known.
func (p *party) Rename(g *guest, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.name = name
	p.mu.Lock()
	p.hosts = nil
	p.mu.Unlock()
}
