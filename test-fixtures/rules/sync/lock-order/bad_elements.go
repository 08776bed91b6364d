package lockorder

import "sync"

// A fire brigade sends engines of its list from one watch to another; an engine that runs dry reports to the brigade with its lock held.
type brigade struct {
	mu      sync.Mutex
	pumps   []*pump
	duty    map[string]int
	dry     map[int]bool
	parades int
}

type pump struct {
	brigade *brigade
	number  int

	mu    sync.Mutex
	water int
}

func newBrigade(n int) *brigade {
	b := &brigade{duty: map[string]int{}, dry: map[int]bool{}}
	for i := range n {
		b.pumps = append(b.pumps, newPump(b, i))
	}
	return b
}

func newPump(b *brigade, number int) *pump { return &pump{brigade: b, number: number} }

func (b *brigade) runDry(number int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dry[number] = true
}

func (p *pump) Spray(litres int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.water -= litres
	if p.water <= 0 {
		p.brigade.runDry(p.number)
	}
}

func (p *pump) level() int {
	p.mu.Lock() // want "this locks `p\\.mu` for `brigade\\.Refill` \\(line \\d+\\), which holds `b\\.mu`, but `pump\\.Spray` \\(bad_elements\\.go:\\d+\\) locks them the other way round"
	defer p.mu.Unlock()
	return p.water
}

func (p *pump) draw(litres int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.water -= litres
	return litres
}

func (b *brigade) Refill(litres int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for number := range b.dry {
		from, to := b.fullest(), b.pumps[number]
		if from != to {
			from.draw(litres)
		}
		delete(b.dry, number)
	}
}

func (b *brigade) fullest() *pump {
	best, most := b.pumps[0], b.pumps[0].level()
	for _, p := range b.pumps[1:] {
		if n := p.level(); n > most {
			best, most = p, n
		}
	}
	return best
}

// A kiosk is asked by its number, without a name for it.
type fair struct {
	mu     sync.Mutex
	kiosks []*kiosk
	total  int
}

type kiosk struct {
	fair *fair

	mu    sync.Mutex
	coins int
}

func (f *fair) Open() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kiosks = append(f.kiosks, &kiosk{fair: f})
}

func (f *fair) earn(coins int) {
	f.mu.Lock() // want "this locks `k\\.fair\\.mu` for `kiosk\\.Sell`"
	defer f.mu.Unlock()
	f.total += coins
}

func (f *fair) CoinsAt(n int) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.kiosks[n].count()
}

func (f *fair) CoinsAtGate() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.kiosks[0].count()
}

func (k *kiosk) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.coins
}

func (k *kiosk) Sell(price int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.coins += price
	k.fair.earn(price)
}

// All of them are asked by a helper, a part of the list in a loop, with the lock of the caller.
type herd struct {
	mu    sync.Mutex
	goats map[string]*goat
	milk  int
}

type goat struct {
	herd *herd

	mu    sync.Mutex
	given int
}

func (h *herd) Add(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.goats[name] = &goat{herd: h}
}

func (h *herd) Report() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sumLocked()
}

func (h *herd) Check() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sumLocked() == h.milk
}

func (h *herd) sumLocked() int {
	sum := 0
	for _, g := range h.goats {
		sum += g.milked()
	}
	return sum
}

func (g *goat) milked() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.given
}

func (g *goat) Milk(litres int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.given += litres
	g.herd.mu.Lock() // want "`g\\.herd\\.mu` is locked while `g\\.mu` is held, but `herd\\.Report`"
	g.herd.milk += litres
	g.herd.mu.Unlock()
}

// What a method finds for a name is one of the owner's, if there is one.
type porch struct {
	mu     sync.Mutex
	chairs map[string]*chair
	sat    int
}

type chair struct {
	porch *porch

	mu    sync.Mutex
	taken bool
}

func (p *porch) Put(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := &chair{porch: p}
	p.chairs[name] = c
}

func (p *porch) find(name string) *chair {
	c, ok := p.chairs[name]
	if !ok {
		return nil
	}
	return c
}

func (p *porch) Clear(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.find(name); c != nil {
		c.leave()
	}
}

func (p *porch) ClearAll(names []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, name := range names {
		p.find(name).leave()
	}
}

func (c *chair) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = false
}

func (c *chair) Take() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = true
	c.porch.mu.Lock() // want "`c\\.porch\\.mu` is locked while `c\\.mu` is held, but `porch\\.Clear`"
	c.porch.sat++
	c.porch.mu.Unlock()
}
