package fields

import (
	"context"
	"sync"
	"time"
)

// The loop ends with Close, and the ticker goes on.
type bucket struct {
	mu     sync.Mutex
	tokens int
	refill *time.Ticker
	quit   chan struct{}
}

func newBucket(interval time.Duration) *bucket {
	b := &bucket{
		refill: time.NewTicker(interval), // want "ticker-not-stopped: the ticker in `refill` is stopped nowhere: it goes on ticking after the goroutine of `fill` has ended on line 35"
		quit:   make(chan struct{}),
	}
	go b.fill()
	return b
}

// fill adds one token with each tick.
func (b *bucket) fill() {
	for {
		select {
		case <-b.refill.C:
			b.mu.Lock()
			b.tokens++
			b.mu.Unlock()
		case <-b.quit:
			return
		}
	}
}

func (b *bucket) Close() {
	close(b.quit)
}

// Ended by whoever has the context.
type beacon struct {
	pulse *time.Ticker
	send  func() error
}

func (b *beacon) start(ctx context.Context) {
	b.pulse = time.NewTicker(time.Second) // want "the ticker in `pulse` is stopped nowhere: it goes on ticking after the goroutine of line 52 has ended on line 60"
	go func() {
		for {
			select {
			case <-b.pulse.C:
				if b.send() != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
}

// Nobody waits for the ticks in a loop; Stop is where the value ends.
type sampler struct {
	once  sync.Once
	every *time.Ticker
	done  chan struct{}
}

func newSampler() *sampler {
	return &sampler{every: time.NewTicker(time.Minute), done: make(chan struct{})} // want "the ticker in `every` is stopped nowhere: it goes on ticking after `sampler.Stop`"
}

func (s *sampler) next() bool {
	select {
	case <-s.every.C:
		return true
	case <-s.done:
		return false
	}
}

func (s *sampler) Stop() {
	s.once.Do(func() {
		close(s.done)
	})
}

// Started again and again: each of them leaves a ticker.
type session struct {
	keepAlive *time.Ticker
	cancel    context.CancelFunc
}

func (s *session) open(ctx context.Context, ping func()) {
	ctx, s.cancel = context.WithCancel(ctx)
	s.keepAlive = time.NewTicker(15 * time.Second) // want "the ticker in `keepAlive` is stopped nowhere: it goes on ticking after the goroutine of `pings` has ended on line 110"
	go s.pings(ctx, ping)
}

func (s *session) pings(ctx context.Context, ping func()) {
	for {
		select {
		case <-s.keepAlive.C:
			ping()
		case <-ctx.Done():
			return
		}
	}
}

func (s *session) Shutdown() {
	s.cancel()
}

// The period changes; that does not stop it.
type cache struct {
	sweep *time.Ticker
	stop  chan struct{}
	items map[string]time.Time
}

func openCache(d time.Duration) *cache {
	c := &cache{stop: make(chan struct{}), items: map[string]time.Time{}}
	c.sweep = time.NewTicker(d) // want "the ticker in `sweep` is stopped nowhere"
	go c.run()
	return c
}

func (c *cache) slower(d time.Duration) {
	c.sweep.Reset(d)
}

func (c *cache) run() {
	for {
		select {
		case now := <-c.sweep.C:
			for k, t := range c.items {
				if now.After(t) {
					delete(c.items, k)
				}
			}
		case <-c.stop:
			return
		}
	}
}

func (c *cache) Close() error {
	close(c.stop)
	return nil
}

// Clear starts the loop anew, Close does not.
type table struct {
	tidy *time.Ticker
	stop chan struct{}
	in   chan string
}

func newTable() *table {
	t := &table{
		tidy: time.NewTicker(time.Second), // want "the ticker in `tidy` is stopped nowhere: it goes on ticking after `table.Close`"
		stop: make(chan struct{}),
		in:   make(chan string, 8),
	}
	go t.work()
	return t
}

func (t *table) work() {
	for {
		select {
		case <-t.tidy.C:
		case <-t.in:
		case <-t.stop:
			return
		}
	}
}

func (t *table) clear() {
	t.stop <- struct{}{}
	go t.work()
}

func (t *table) Close() {
	t.stop <- struct{}{}
	close(t.stop)
	t.stop = nil
	close(t.in)
}
