package readers

import (
	"sort"
	"sync"
)

type shelf struct {
	mu    sync.RWMutex
	books map[string]int
}

func (s *shelf) Put(title string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[title]++
}

func (s *shelf) Titles() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var all []string
	for title := range s.books {
		all = append(all, title)
	}
	sort.Strings(all)
	return all
}

func (s *shelf) First() (string, int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.books) == 0 {
		return "", 0
	}
	title := s.Titles()[0] // want "`s.mu` is locked for reading by a goroutine that already reads"
	return title, s.books[title]
}

var (
	ratesMu sync.RWMutex
	rates   = map[string]float64{}
)

func SetRate(name string, rate float64) {
	ratesMu.Lock()
	rates[name] = rate
	ratesMu.Unlock()
}

func Rate(name string) float64 {
	ratesMu.RLock()
	defer ratesMu.RUnlock()
	return rates[name]
}

// Two calls away.
func total(names []string) (sum float64) {
	ratesMu.RLock()
	defer ratesMu.RUnlock()
	for _, name := range names {
		sum += weighted(name) // want "`ratesMu` is locked for reading by a goroutine that already reads"
	}
	return sum
}

func weighted(name string) float64 { return Rate(name) * 2 }
