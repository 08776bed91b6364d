package missingunlock

import (
	"errors"
	"sync"
	"time"
)

type lamp struct {
	mu   sync.Mutex
	on   bool
	seen time.Time
}

type meter struct {
	sync.RWMutex
	value int
	last  time.Time
}

func switchOff(lamps []*lamp, idle time.Duration) (n int) {
	for _, l := range lamps {
		l.mu.Lock() // want "`l.mu` is still locked when the next turn of the loop goes on with another one on line 22"
		if !l.on || time.Since(l.seen) < idle {
			continue
		}
		l.on = false
		l.mu.Unlock()
		n++
	}
	return n
}

func highest(meters map[string]*meter, now time.Time) (name string, value int) {
	for key, m := range meters {
		m.RLock() // want "`m` is still locked for reading when the next turn of the loop goes on"
		if now.Sub(m.last) > time.Minute {
			continue
		}
		if m.value > value {
			name, value = key, m.value
		}
		m.RUnlock()
	}
	return name, value
}

func byIndex(lamps []*lamp) error {
	for i := range lamps {
		l := lamps[i]
		l.mu.Lock() // want "`l.mu` is still locked when the next turn"
		if l.seen.IsZero() {
			continue
		}
		l.on = true
		l.mu.Unlock()
	}
	return nil
}

// All are locked first, and unlocked by another name.
func together(lamps []*lamp) error {
	var locked []*lamp
	for _, l := range lamps {
		l.mu.Lock()
		if l.on {
			l.mu.Unlock()
			continue
		}
		locked = append(locked, l)
	}
	for _, l := range locked {
		l.on = true
		l.mu.Unlock()
	}
	if len(locked) == 0 {
		return errors.New("none")
	}
	return nil
}

type hatch struct {
	mu   sync.Mutex
	open bool
}

func release(g *hatch) { g.mu.Unlock() }

// Somebody else lets go of it.
func handed(hatches []*hatch) {
	for _, g := range hatches {
		g.mu.Lock()
		if g.open {
			go release(g)
			continue
		}
		g.mu.Unlock()
	}
}
