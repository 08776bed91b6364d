package lockorder

import "sync"

// Three functions take two of three locks each, and no two of them the same two.
type Kitchen struct {
	ovenMu  sync.Mutex
	sinkMu  sync.Mutex
	tableMu sync.RWMutex
	dishes  int
}

func (k *Kitchen) Bake() {
	k.ovenMu.Lock()
	defer k.ovenMu.Unlock()
	k.sinkMu.Lock()
	defer k.sinkMu.Unlock()
	k.dishes++
}

func (k *Kitchen) Wash() {
	k.sinkMu.Lock()
	defer k.sinkMu.Unlock()
	k.tableMu.Lock()
	defer k.tableMu.Unlock()
	k.dishes--
}

func (k *Kitchen) Serve() int {
	k.tableMu.RLock()
	defer k.tableMu.RUnlock()
	k.ovenMu.Lock() // want "lock-order: `k.ovenMu` is locked while `k.tableMu` is held, which closes a circle of 3 locks \\(`k.tableMu` → `k.ovenMu` → `k.sinkMu` → `k.tableMu`, see `Kitchen.Bake`, `Kitchen.Wash`\\)"
	defer k.ovenMu.Unlock()
	return k.dishes
}

// Values that lead to each other, one lock each: a fleet has ships, a ship has cabins, and a cabin knows its fleet.
type Fleet struct {
	mu    sync.Mutex
	ships map[string]*Ship
	heads int
}

type Ship struct {
	mu     sync.Mutex
	cabins []*Cabin
	crew   int
}

type Cabin struct {
	mu    sync.Mutex
	fleet *Fleet
	beds  int
}

func (f *Fleet) Crew() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.ships {
		s.mu.Lock()
		n += s.crew
		s.mu.Unlock()
	}
	return n
}

func (s *Ship) Clean() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.cabins {
		c.clean()
	}
}

func (s *Ship) CleanOne(i int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cabins[i]
	c.clean()
}

func (c *Cabin) clean() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.beds = 2
}

func (c *Cabin) Move() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fleet.add(c.beds)
}

func (f *Fleet) add(n int) {
	f.mu.Lock() // want "lock-order: this locks `c.fleet.mu` for `Cabin.Move` \\(line 91\\), which holds `c.mu`, and closes a circle of 3 locks"
	defer f.mu.Unlock()
	f.heads += n
}

// Four locks: two of one value, one of its elements, and one of the package.
var ledgerMu sync.Mutex

type Shop struct {
	stockMu sync.Mutex
	priceMu sync.Mutex
	items   map[string]*Item
	total   int
}

type Item struct {
	mu    sync.Mutex
	price int
}

func (s *Shop) Restock() {
	s.stockMu.Lock()
	defer s.stockMu.Unlock()
	s.priceMu.Lock()
	s.total++
	s.priceMu.Unlock()
}

func (s *Shop) Reprice(by int) {
	s.priceMu.Lock()
	defer s.priceMu.Unlock()
	for _, item := range s.items {
		item.mu.Lock()
		item.price += by
		item.mu.Unlock()
	}
}

func (i *Item) Sell() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	ledgerMu.Lock()
	defer ledgerMu.Unlock()
	return i.price
}

func Audit(s *Shop) int {
	ledgerMu.Lock()
	defer ledgerMu.Unlock()
	s.stockMu.Lock() // want "lock-order: `s.stockMu` is locked while `ledgerMu` is held, which closes a circle of 4 locks"
	defer s.stockMu.Unlock()
	return s.total
}

// Locals that three goroutines share.
func relay(n int) int {
	var first, second, third sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		first.Lock()
		second.Lock()
		n++
		second.Unlock()
		first.Unlock()
	}()
	go func() {
		defer wg.Done()
		second.Lock()
		third.Lock()
		n++
		third.Unlock()
		second.Unlock()
	}()
	third.Lock()
	first.Lock() // want "lock-order: `first` is locked while `third` is held"
	n++
	first.Unlock()
	third.Unlock()
	wg.Wait()
	return n
}
