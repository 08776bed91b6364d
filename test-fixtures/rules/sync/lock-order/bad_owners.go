package lockorder

import "sync"

// A stall comes from the market that it belongs to.
type stall struct {
	mu     sync.Mutex
	market *market
	goods  []string
}

type market struct {
	mu   sync.Mutex
	sold map[string]int
}

func (m *market) open(goods ...string) *stall {
	return &stall{market: m, goods: goods}
}

func (m *market) Close(s *stall) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.clear()
	m.sold = nil
}

func (s *stall) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.goods = nil
}

func (s *stall) Sell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.goods) > 0 {
		s.market.note(s.goods[0])
		s.goods = s.goods[1:]
	}
}

func (m *market) note(what string) {
	m.mu.Lock() // want "this locks `s.market.mu` for `stall.Sell` \\(line 38\\), which holds `s.mu`, but `market.Close` \\(bad_owners.go:24\\) locks them the other way round: two goroutines that have got one each wait for each other for ever"
	defer m.mu.Unlock()
	m.sold[what]++
}
