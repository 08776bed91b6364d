package tickerloop

import (
	"context"
	"log"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type cache struct {
	mu      sync.Mutex
	entries map[string]time.Time
	ticker  *time.Ticker
}

func NewCache(ttl time.Duration) *cache {
	c := &cache{entries: map[string]time.Time{}, ticker: time.NewTicker(ttl)}
	go c.evict() // want "ticker-loop-never-ends: this goroutine never ends: its loop on line 31 waits for `c.ticker.C`, which `Stop` does not close"
	return c
}

// Close ends the ticks, but not the goroutine.
func (c *cache) Close() {
	c.ticker.Stop()
}

func (c *cache) evict() {
	log.Print("eviction runs")
	for range c.ticker.C {
		c.mu.Lock()
		for k, t := range c.entries {
			if time.Since(t) > time.Minute {
				delete(c.entries, k)
			}
		}
		c.mu.Unlock()
	}
}

func Refresh(ctx context.Context, reload func(context.Context) error) {
	go func() { // want "its loop on line 46 waits for `ticker.C`"
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for range ticker.C {
			if err := reload(ctx); err != nil {
				log.Print(err)
				continue
			}
			log.Print("reloaded")
		}
	}()
}

func Sample(ctx context.Context, read func() float64) <-chan float64 {
	out := make(chan float64, 16)
	t := time.NewTicker(time.Second)
	go func() { // want "its loop on line 60 waits for `t.C`"
		for {
			<-t.C
			select {
			case out <- read():
			default:
			}
		}
	}()
	return out
}

func Report(ctx context.Context, publish func(time.Time)) {
	go func() { // want "waits for `time.Tick\\(time.Hour\\)`"
		for now := range time.Tick(time.Hour) {
			publish(now)
		}
	}()
}

// The select has other arms, but none that ends it.
func Batch(ctx context.Context, in <-chan string, flush func([]string)) {
	tick := time.Tick(time.Second)
	go func() { // want "waits for `tick`"
		var batch []string
		for {
			select {
			case s := <-in:
				batch = append(batch, s)
			case <-tick:
				flush(batch)
				batch = nil
			}
		}
	}()
}

// Wait can never return.
func Monitor(ctx context.Context, check func() error) error {
	var g errgroup.Group
	g.Go(func() error { // want "waits for `ticker.C`"
		ticker := time.NewTicker(time.Second)
		for {
			<-ticker.C
			_ = check()
		}
	})
	return g.Wait()
}

// `break` leaves the switch only.
func Watch(ctx context.Context, state func() string) {
	go func() { // want "waits for `ticker.C`"
		ticker := time.NewTicker(time.Second)
		for now := range ticker.C {
			switch state() {
			case "down":
				log.Print("down since ", now)
				break
			}
		}
	}()
}

// Nothing ends a ledger.
type Ledger struct{ lines []string }

func NewLedger() *Ledger {
	l := &Ledger{}
	go l.flush() // want hint "ticker-loop-never-ends"
	return l
}

func (l *Ledger) flush() {
	for range time.Tick(time.Second) {
		log.Print(l.lines)
	}
}

// Set-up code.
func tidy(every time.Duration) {
	go func() { // want hint "ticker-loop-never-ends"
		for range time.Tick(every) {
			log.Print("tidy")
		}
	}()
}

// A function that anybody may call.
func Tidy(every time.Duration) {
	go func() { // want "ticker-loop-never-ends"
		for range time.Tick(every) {
			log.Print("tidy")
		}
	}()
}

type seat struct {
	name  string
	calls chan string
}

// Whoever leaves is taken out of the map; the goroutine is not.
type Room struct{ seats map[string]*seat }

func (r *Room) Enter(name string) *seat {
	s := &seat{name: name, calls: make(chan string, 1)}
	r.seats[name] = s
	go s.serve() // want "ticker-loop-never-ends"
	return s
}

func (s *seat) serve() {
	t := time.NewTicker(time.Minute)
	for {
		select {
		case call := <-s.calls:
			log.Print(s.name, call)
		case <-t.C:
			log.Print(s.name)
		}
	}
}

func (r *Room) Leave(name string) { delete(r.seats, name) }

// Whoever is there stays.
type Archive struct{ shelves map[string]*seat }

func (a *Archive) Add(name string) {
	s := &seat{name: name, calls: make(chan string)}
	a.shelves[name] = s
	go s.serve() // want hint "ticker-loop-never-ends"
}

// rhythm has the channel of its ticker beside it.
type rhythm struct {
	ticker *time.Ticker
	beats  <-chan time.Time
}

func newRhythm(every time.Duration) *rhythm {
	t := time.NewTicker(every)
	return &rhythm{ticker: t, beats: t.C}
}

// Session is kept alive until it is closed.
type Session struct {
	rhythm *rhythm
	ping   func()
}

func OpenSession(every time.Duration, ping func()) *Session {
	s := &Session{rhythm: newRhythm(every), ping: ping}
	go s.keepAlive() // want "ticker-loop-never-ends: .*`s.rhythm.beats`"
	return s
}

func (s *Session) keepAlive() {
	for range s.rhythm.beats {
		s.ping()
	}
}

func (s *Session) Close() { s.rhythm.ticker.Stop() }
