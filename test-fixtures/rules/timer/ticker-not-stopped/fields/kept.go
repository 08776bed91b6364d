package fields

import (
	"sync"
	"time"
)

// Stopped where it ends.
type stopped struct {
	tick *time.Ticker
	quit chan struct{}
}

func newStopped() *stopped {
	s := &stopped{tick: time.NewTicker(time.Second), quit: make(chan struct{})}
	go s.run()
	return s
}

func (s *stopped) run() {
	for {
		select {
		case <-s.tick.C:
		case <-s.quit:
			return
		}
	}
}

func (s *stopped) Close() {
	s.tick.Stop()
	close(s.quit)
}

// Handed to somebody who may stop it.
type lender struct {
	tick *time.Ticker
	quit chan struct{}
}

func newLender(use func(*time.Ticker)) *lender {
	l := &lender{tick: time.NewTicker(time.Second), quit: make(chan struct{})}
	use(l.tick)
	return l
}

func (l *lender) Close() {
	close(l.quit)
}

// The ticker is the caller's.
type borrower struct {
	tick *time.Ticker
	quit chan struct{}
}

func newBorrower(t *time.Ticker) *borrower {
	if t != nil {
		return &borrower{tick: t, quit: make(chan struct{})}
	}
	return &borrower{tick: time.NewTicker(time.Second), quit: make(chan struct{})}
}

func (b *borrower) Close() {
	close(b.quit)
}

// Has no end: it ticks as long as the process.
type clock struct {
	tick *time.Ticker
	now  time.Time
}

func newClock() *clock {
	c := &clock{tick: time.NewTicker(time.Second)}
	go c.run()
	return c
}

func (c *clock) run() {
	for t := range c.tick.C {
		c.now = t
	}
}

// One for the whole process.
type arbiter struct {
	tick *time.Ticker
	quit chan struct{}
}

var meters = arbiter{tick: time.NewTicker(5 * time.Second), quit: make(chan struct{})}

func (a *arbiter) Stop() {
	close(a.quit)
}

type registry struct {
	tick *time.Ticker
	quit chan struct{}
}

var (
	once   sync.Once
	shared *registry
)

func theRegistry() *registry {
	once.Do(func() {
		shared = &registry{tick: time.NewTicker(time.Minute), quit: make(chan struct{})}
		go shared.run()
	})
	return shared
}

func (r *registry) run() {
	for {
		select {
		case <-r.tick.C:
		case <-r.quit:
			return
		}
	}
}

// Other packages can stop it.
type Gauge struct {
	Tick *time.Ticker
	quit chan struct{}
}

func NewGauge() *Gauge {
	return &Gauge{Tick: time.NewTicker(time.Second), quit: make(chan struct{})}
}

func (g *Gauge) Close() {
	close(g.quit)
}

// Stopped by way of a method value, and of a variable.
type valued struct {
	tick *time.Ticker
	ends []func()
}

func newValued() *valued {
	v := &valued{tick: time.NewTicker(time.Second)}
	v.ends = append(v.ends, v.tick.Stop)
	return v
}

func (v *valued) Close() {
	for _, end := range v.ends {
		end()
	}
}

type aliased struct {
	tick *time.Ticker
	quit chan struct{}
}

func newAliased() *aliased {
	return &aliased{tick: time.NewTicker(time.Second), quit: make(chan struct{})}
}

func (a *aliased) Close() {
	t := a.tick
	t.Stop()
	close(a.quit)
}

// Set without its name.
type pair struct {
	tick *time.Ticker
	quit chan struct{}
}

func newPair(t *time.Ticker) *pair {
	return &pair{t, make(chan struct{})}
}

func (p *pair) again() {
	p.tick = time.NewTicker(time.Second)
}

func (p *pair) Close() {
	close(p.quit)
}

// Embedded with its methods: whoever has the value stops it.
type embedded struct {
	*time.Ticker
	quit chan struct{}
}

func newEmbedded() *embedded {
	return &embedded{Ticker: time.NewTicker(time.Second), quit: make(chan struct{})}
}

func (e *embedded) Close() {
	e.Stop()
	close(e.quit)
}

// Stopped through an embedded value.
type inner struct {
	tick *time.Ticker
}

type outer struct {
	inner
	quit chan struct{}
}

func newOuter() *outer {
	o := &outer{quit: make(chan struct{})}
	o.inner.tick = time.NewTicker(time.Second)
	return o
}

func (o *outer) Close() {
	o.tick.Stop()
	close(o.quit)
}

// Stop is a pause: Start goes on with the same ticker.
type metronome struct {
	beat  *time.Ticker
	pause chan struct{}
}

func newMetronome() *metronome {
	return &metronome{beat: time.NewTicker(time.Second)}
}

func (m *metronome) Start(click func()) {
	pause := make(chan struct{})
	m.pause = pause
	go func() {
		for {
			select {
			case <-m.beat.C:
				click()
			case <-pause:
				return
			}
		}
	}()
}

func (m *metronome) Stop() {
	close(m.pause)
}

// Stop ends nothing that the value has.
type meter struct {
	tick  *time.Ticker
	count int
}

func newMeter() *meter {
	return &meter{tick: time.NewTicker(time.Second)}
}

func (m *meter) wait() {
	<-m.tick.C
	m.count++
}

func (m *meter) Stop() int {
	return m.count
}
