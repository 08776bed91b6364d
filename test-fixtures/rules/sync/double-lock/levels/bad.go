package levels

import "sync"

// A yard has a siding for wagons, and hands on what does not fit.
type siding struct {
	spill func(wagon string)

	mu     sync.Mutex
	room   int
	wagons []string
}

func newSiding(room int, spill func(string)) *siding {
	return &siding{room: room, spill: spill}
}

func (s *siding) Has(wagon string) bool {
	s.mu.Lock() // want "`s.mu` is locked again here when `s.spill` is called at bad.go:\\d+ by a goroutine that holds it"
	defer s.mu.Unlock()
	for _, w := range s.wagons {
		if w == wagon {
			return true
		}
	}
	return false
}

func (s *siding) Shunt(wagon string) {
	s.mu.Lock()
	s.wagons = append(s.wagons, wagon)
	s.mu.Unlock()
}

func (s *siding) Shorten(room int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room = room
	for len(s.wagons) > s.room {
		last := s.wagons[len(s.wagons)-1]
		s.wagons = s.wagons[:len(s.wagons)-1]
		s.spill(last)
	}
}

type yard struct {
	near *siding
	far  *siding
}

func newYard(room int) *yard {
	y := &yard{far: newSiding(room, func(string) {})}
	y.near = newSiding(room, y.sendOn)
	return y
}

func (y *yard) sendOn(wagon string) {
	if y.near.Has(wagon) {
		return
	}
	y.far.Shunt(wagon)
}

func (y *yard) Close(room int) { y.near.Shorten(room) }
