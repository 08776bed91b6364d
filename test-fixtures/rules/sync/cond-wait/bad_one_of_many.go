package condwait

import (
	"errors"
	"sync"
)

// A kiln: each potter has pots up to a number of his own, and a firing is for all of them.
type kiln struct {
	mu     sync.Mutex
	fired  *sync.Cond
	placed int64
	done   int64
	crack  error
	heat   chan struct{}
}

func newKiln(burn func(int64) (int64, error)) *kiln {
	k := &kiln{heat: make(chan struct{}, 1)}
	k.fired = sync.NewCond(&k.mu)
	go k.fire(burn)
	return k
}

func (k *kiln) fire(burn func(int64) (int64, error)) {
	for range k.heat {
		k.mu.Lock()
		upTo := k.placed
		k.mu.Unlock()
		done, err := burn(upTo)
		k.mu.Lock()
		k.done, k.crack = done, err
		k.mu.Unlock()
		k.fired.Signal()
	}
}

func (k *kiln) bake(pots int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.placed += pots
	last := k.placed
	select {
	case k.heat <- struct{}{}:
	default:
	}
	for k.done < last && k.crack == nil {
		k.fired.Wait() // want "several may wait here, the change on line 32 may end the wait of more than one or of any of them, and the `Signal` on line 34 wakes one"
	}
	return k.crack
}

// A clock tower: those who wait for an hour are counted, and each waits for another one.
type tower struct {
	sync.Mutex
	struck  sync.Cond
	hour    int
	waiting int
}

func newTower() *tower {
	t := &tower{}
	t.struck.L = t
	return t
}

func (t *tower) Await(hour int) {
	t.Lock()
	defer t.Unlock()
	t.waiting++
	defer func() { t.waiting-- }()
	for {
		if t.hour >= hour {
			return
		}
		t.struck.Wait() // want "several may wait here"
	}
}

func (t *tower) turn(hour int) {
	t.hour = hour
}

func (t *tower) wake() {
	if t.waiting > 0 {
		t.struck.Signal()
	}
}

func (t *tower) Set(hour int) {
	t.Lock()
	defer t.Unlock()
	t.turn(hour)
	t.wake()
}

// A ferry that goes when all are there: only one of them learns of it.
type crossing struct {
	mu    sync.Mutex
	gone  sync.Cond
	party int
	there int
	trip  int
}

func NewCrossing(party int) *crossing {
	c := &crossing{party: party}
	c.gone = sync.Cond{L: &c.mu}
	return c
}

func (c *crossing) Board() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.there++
	if c.there == c.party {
		c.depart()
		return
	}
	trip := c.trip
	for trip == c.trip {
		c.gone.Wait() // want "several may wait here"
	}
}

func (c *crossing) depart() {
	c.there = 0
	c.trip++
	c.gone.Signal()
}

var errFog = errors.New("fog")

// Lamplighters at one street: at the end of the night one of them goes home.
type street struct {
	mu    sync.Mutex
	dusk  *sync.Cond
	lamps []string
	dawn  error
}

func (s *street) next() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.dawn == nil && len(s.lamps) == 0 {
		s.dusk.Wait() // want "several may wait here"
	}
	if s.dawn != nil {
		return "", s.dawn
	}
	lamp := s.lamps[0]
	s.lamps = s.lamps[1:]
	return lamp, nil
}

func (s *street) Add(lamp string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lamps = append(s.lamps, lamp)
	s.dusk.Signal()
}

func (s *street) End() {
	defer s.dusk.Signal()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dawn = errFog
}

func Light(crew int, light func(string)) *street {
	s := &street{}
	s.dusk = sync.NewCond(&s.mu)
	for range crew {
		go s.walk(light)
	}
	return s
}

func (s *street) walk(light func(string)) {
	for {
		lamp, err := s.next()
		if err != nil {
			return
		}
		light(lamp)
	}
}
