package lockorder

import "sync"

// A lease tells the pool, by a function, that it is over.
type pool struct {
	mu     sync.Mutex
	leases map[int]*lease
	over   int
}

type lease struct {
	mu    sync.Mutex
	id    int
	done  bool
	onEnd func(int)
}

func (p *pool) take(id int) *lease {
	l := &lease{id: id, onEnd: p.ended}
	p.mu.Lock()
	p.leases[id] = l
	p.mu.Unlock()
	return l
}

func (p *pool) ended(id int) {
	p.mu.Lock()
	delete(p.leases, id)
	p.over++
	p.mu.Unlock()
}

func (l *lease) End() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = true
	l.onEnd(l.id)
}

func (p *pool) Expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.leases {
		l.mu.Lock() // want "`l.mu` is locked while `p.mu` is held, but `lease.End`"
		l.done = true
		l.mu.Unlock()
	}
}

// By an interface, from a helper, in a list.
type keeper interface{ dropped(*key) }

type board struct {
	mu   sync.Mutex
	keys []*key
	n    int
}

type key struct {
	mu   sync.Mutex
	of   keeper
	lost bool
}

func (b *board) Cut() *key {
	k := &key{of: b}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.keys = append(b.keys, k)
	return k
}

func (b *board) dropped(*key) {
	b.mu.Lock()
	b.n++
	b.mu.Unlock()
}

func (k *key) Lose() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lost = true
	k.tell()
}

func (k *key) tell() { k.of.dropped(k) }

func (b *board) Lost() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.keys {
		k.mu.Lock() // want "`k.mu` is locked while `b.mu` is held, but `key.Lose`"
		if k.lost {
			n++
		}
		k.mu.Unlock()
	}
	return n
}
