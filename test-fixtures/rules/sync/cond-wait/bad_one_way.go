package condwait

import "sync"

// Skis for hire: a pair that comes back cracked makes room for another one, of which nobody in the queue hears.
type rental struct {
	mu     sync.Mutex
	freed  sync.Cond
	shelf  []*skis
	out    int
	most   int
	closed bool
}

type skis struct {
	shop    *rental
	cracked bool
}

func newRental(most int) *rental {
	r := &rental{most: most}
	r.freed.L = &r.mu
	return r
}

func (r *rental) Hire() *skis {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.closed && len(r.shelf) == 0 && r.out >= r.most {
		r.freed.Wait() // want "`r\\.freed\\.Wait` may go on waiting after its condition has ended: on line 65 `back` changes what the loop asks about and returns without waking anybody, as it does on other ways"
	}
	if r.closed {
		return nil
	}
	if n := len(r.shelf); n > 0 {
		pair := r.shelf[n-1]
		r.shelf = r.shelf[:n-1]
		return pair
	}
	r.out++
	return &skis{shop: r}
}

func (r *rental) CloseUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.out -= len(r.shelf)
	r.shelf = nil
	r.freed.Broadcast()
}

func (r *rental) AllBack() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.out > 0 {
		r.freed.Wait()
	}
}

func (r *rental) back(pair *skis) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if pair.cracked || r.closed {
		r.out--
		return
	}
	r.shelf = append(r.shelf, pair)
	r.freed.Signal()
}

func (s *skis) Return() { s.shop.back(s) }

func (r *rental) Ride(down func(*skis)) {
	if pair := r.Hire(); pair != nil {
		defer pair.Return()
		down(pair)
	}
}

// A kitchen: a dish that has failed leaves the stove as one that has not, and the cooks who wait for a flame sleep on.
type kitchen struct {
	mu     sync.Mutex
	flame  *sync.Cond
	lit    int
	plates []string
}

func newKitchen() *kitchen {
	k := &kitchen{}
	k.flame = sync.NewCond(&k.mu)
	return k
}

func (k *kitchen) Begin() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for k.lit > 3 {
		k.flame.Wait() // want "on line 108 `End` changes what the loop asks about and returns without waking anybody"
	}
	k.lit++
}

func (k *kitchen) End(dish string, err error) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		k.lit--
		return err
	}
	k.lit--
	k.plates = append(k.plates, dish)
	k.flame.Signal()
	return nil
}

// A pile of letters: who finds one that is out of date drops it, in a helper, after having looked whether there is one.
type pile struct {
	mu      sync.Mutex
	room    *sync.Cond
	letters []letter
}

type letter struct {
	stale bool
	text  string
}

func newPile() *pile {
	p := &pile{}
	p.room = sync.NewCond(&p.mu)
	return p
}

func (p *pile) Add(l letter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.letters) >= 100 {
		p.room.Wait() // want "on line 160 `Next` changes what the loop asks about and returns without waking anybody"
	}
	p.letters = append(p.letters, l)
}

func (p *pile) drop() { p.letters = p.letters[1:] }

func (p *pile) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = nil
	p.room.Broadcast()
}

func (p *pile) Next(isOld func(letter) bool, first letter) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.letters) == 0 {
		return ""
	}
	if first.stale {
		p.drop()
		return ""
	}
	text := p.letters[0].text
	p.drop()
	p.room.Signal()
	return text
}
