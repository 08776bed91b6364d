package optional

import (
	"errors"
	"sync"
)

// A Mill asks everywhere whether there is a channel: in each of the ways to ask.
type Mill struct {
	grinding bool
	stones   int
	flour    chan int
	pending  int
	sacks    []string
}

func NewMill(grinding bool, stones int) *Mill {
	m := &Mill{grinding: grinding, stones: stones}
	if grinding {
		m.flour = make(chan int, 4)
	}
	return m
}

func (m *Mill) hasFlour() bool { return m.flour != nil }

func (m *Mill) check() error {
	if m.flour == nil {
		return errors.New("no flour")
	}
	return nil
}

func (m *Mill) mustGrind() {
	if m.flour == nil {
		panic("does not grind")
	}
}

func (m *Mill) ByFlag() {
	if m.grinding {
		m.flour <- 1
	}
}

func (m *Mill) ByEarlyReturn() int {
	if !m.grinding || m.stones == 0 {
		return 0
	}
	return <-m.flour
}

func (m *Mill) ByHelper() int {
	if !m.hasFlour() {
		return 0
	}
	return <-m.flour
}

func (m *Mill) ByError() error {
	if err := m.check(); err != nil {
		return err
	}
	m.flour <- 2
	return nil
}

func (m *Mill) ByPanic() {
	m.mustGrind()
	m.flour <- 3
}

func (m *Mill) ByVariable() {
	flour := m.flour
	if flour == nil {
		return
	}
	m.flour <- 4
}

func (m *Mill) ByNamedTest() {
	has := m.flour != nil
	if has {
		m.flour <- 5
	}
}

func (m *Mill) ByLength() {
	for len(m.flour) > 0 {
		<-m.flour
	}
}

func (m *Mill) BySwitch() {
	switch {
	case m.flour == nil:
	default:
		m.flour <- 6
	}
}

func (m *Mill) BySelect(quit chan struct{}) {
	select {
	case m.flour <- 7:
	case <-quit:
	}
}

func (m *Mill) Add(sack string) {
	if m.flour != nil {
		m.pending++
		m.sacks = append(m.sacks, sack)
	}
}

func (m *Mill) ByCount() {
	for ; m.pending > 0; m.pending-- {
		<-m.flour
	}
}

func (m *Mill) ByList() {
	for range m.sacks {
		<-m.flour
	}
}

func (m *Mill) ByCaller() {
	if m.flour != nil {
		m.put(8)
	}
}

func (m *Mill) ByGoroutine() {
	if m.grinding {
		go m.put(9)
		go func() {
			<-m.flour
		}()
	}
}

func (m *Mill) put(n int) { m.flour <- n }

// A Loom makes its channel when it is first needed.
type Loom struct {
	once  sync.Once
	cloth chan string
}

func NewLoom(weaving bool) *Loom {
	l := &Loom{}
	if weaving {
		l.cloth = make(chan string, 1)
	}
	return l
}

func (l *Loom) ensure() {
	l.once.Do(func() {
		if l.cloth == nil {
			l.cloth = make(chan string, 1)
		}
	})
}

func (l *Loom) Weave(s string) {
	l.ensure()
	l.cloth <- s
}

// A Forge has its channel one way or the other.
type Forge struct{ nails chan int }

func NewForge(large bool) *Forge {
	f := &Forge{}
	if large {
		f.nails = make(chan int, 100)
	} else {
		f.nails = make(chan int)
	}
	return f
}

func (f *Forge) Idle() bool { return f.nails == nil || len(f.nails) == 0 }

func (f *Forge) Hammer() { f.nails <- 1 }

// A hive is only made with a queen.
type hive struct{ bees chan int }

func newHive(queen bool) *hive {
	h := &hive{}
	if queen {
		h.bees = make(chan int)
	}
	return h
}

func (h *hive) hum() {
	if h.bees != nil {
		h.bees <- 0
	}
}

func (h *hive) swarm() int { return <-h.bees }

func Swarm() int {
	h := newHive(true)
	go h.hum()
	return h.swarm()
}

// Nobody says that a Reel may be without its channel: whoever turns it knows that it has one.
type Reel struct{ line chan int }

func NewReel(line bool) *Reel {
	r := &Reel{}
	if line {
		r.line = make(chan int)
	}
	return r
}

func (r *Reel) Turn() { r.line <- 1 }

// A Quill's channel comes from others at times.
type Quill struct{ ink chan int }

func NewQuill(ink chan int) *Quill { return &Quill{ink: ink} }

func NewFullQuill(full bool) *Quill {
	q := &Quill{}
	if full {
		q.ink = make(chan int)
	}
	return q
}

func (q *Quill) Dry() bool { return q.ink == nil }

func (q *Quill) Write() { q.ink <- 1 }

// A failed value is given to nobody.
type Barge struct{ cargo chan int }

func NewBarge(draught int) (*Barge, error) {
	b := &Barge{}
	if draught > 3 {
		return nil, errors.New("too deep")
	}
	b.cargo = make(chan int)
	return b, nil
}

func (b *Barge) Afloat() bool { return b.cargo != nil }

func (b *Barge) Load() { b.cargo <- 1 }

// A Pump is worked by a goroutine that is started only with the channel.
type Pump struct{ water chan int }

func NewPump(deep bool) *Pump {
	p := &Pump{}
	if deep {
		p.water = make(chan int)
		go p.lift()
	}
	return p
}

func (p *Pump) lift() {
	for range p.water {
	}
}

func (p *Pump) Close() {
	if p.water != nil {
		close(p.water)
	}
}

// A Still's option is given to all.
type Still struct{ drops chan int }

type StillOption func(*Still)

func WithDrops() StillOption {
	return func(s *Still) { s.drops = make(chan int, 1) }
}

func NewStill(options ...StillOption) *Still {
	s := &Still{}
	for _, o := range append([]StillOption{WithDrops()}, options...) {
		o(s)
	}
	return s
}

func (s *Still) Cold() bool { return s.drops == nil }

func (s *Still) Drip() { s.drops <- 1 }

// The address of the channel is out of sight.
type Vat struct{ wine chan int }

func NewVat(full bool, fill func(*chan int)) *Vat {
	v := &Vat{}
	if full {
		v.wine = make(chan int)
	}
	fill(&v.wine)
	return v
}

func (v *Vat) Empty() bool { return v.wine == nil }

func (v *Vat) Draw() int { return <-v.wine }

// A Dock that could not be opened is given away with the error.
type Dock struct{ ships chan int }

func NewDock(open func() error) (*Dock, error) {
	d := &Dock{}
	err := open()
	if err == nil {
		d.ships = make(chan int)
	}
	return d, err
}

func (d *Dock) Open() bool { return d.ships != nil }

func (d *Dock) Enter() { d.ships <- 1 }
