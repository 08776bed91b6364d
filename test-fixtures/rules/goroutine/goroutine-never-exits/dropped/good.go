package dropped

import (
	"context"
	"sync"
	"time"
)

// Everybody ends what is taken out; a way to end it may stand behind the deletion.
type orchard struct {
	mu    sync.Mutex
	trees map[string]*tree
}

type tree struct {
	planted time.Time
	fell    chan struct{}
}

func (o *orchard) Plant(name string) {
	t := &tree{planted: time.Now(), fell: make(chan struct{})}
	o.trees[name] = t
	go t.grow()
}

func (t *tree) grow() { <-t.fell }

func (o *orchard) Fell(name string) {
	if t, ok := o.trees[name]; ok {
		delete(o.trees, name)
		close(t.fell)
	}
}

func (o *orchard) prune() {
	var old []*tree
	o.mu.Lock()
	for name, t := range o.trees {
		if time.Since(t.planted) > time.Hour {
			delete(o.trees, name)
			old = append(old, t)
		}
	}
	o.mu.Unlock()
	for _, t := range old {
		close(t.fell)
	}
}

// The goroutine takes its own entry out when it ends.
type apiary struct {
	mu    sync.Mutex
	hives map[int]*hive
}

type hive struct {
	id   int
	bees int
	stop chan struct{}
}

func (a *apiary) Open(id int) {
	h := &hive{id: id, stop: make(chan struct{})}
	a.hives[id] = h
	go a.tend(h)
}

func (a *apiary) tend(h *hive) {
	defer a.leave(h.id)
	for h.bees < 1000 {
		select {
		case <-h.stop:
			return
		case <-time.After(time.Minute):
			h.bees++
		}
	}
}

func (a *apiary) leave(id int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.hives, id)
}

func (a *apiary) Shut(id int) {
	if h := a.hives[id]; h != nil {
		delete(a.hives, id)
		close(h.stop)
	}
}

// What is swept has ended before.
type bakery struct{ ovens map[int]*oven }

type oven struct {
	cold   bool
	quench chan struct{}
}

func (b *bakery) Light(id int) {
	o := &oven{quench: make(chan struct{})}
	b.ovens[id] = o
	go o.burn()
}

func (o *oven) burn() { <-o.quench }

func (b *bakery) Quench(id int) {
	if o := b.ovens[id]; o != nil {
		o.cold = true
		close(o.quench)
	}
}

func (b *bakery) Scrap(id int) {
	if o := b.ovens[id]; o != nil {
		close(o.quench)
		delete(b.ovens, id)
	}
}

func (b *bakery) sweep() {
	for id, o := range b.ovens {
		if o.cold {
			delete(b.ovens, id)
		}
	}
}

// The caller of the one that deletes ends it.
type library struct{ loans map[string]*loan }

type loan struct {
	cancel context.CancelFunc
	ctx    context.Context
}

func (l *library) Lend(title string) {
	ctx, cancel := context.WithCancel(context.Background())
	n := &loan{ctx: ctx, cancel: cancel}
	l.loans[title] = n
	go n.remind()
}

func (n *loan) remind() { <-n.ctx.Done() }

func (l *library) strike(title string) { delete(l.loans, title) }

func (l *library) Return(title string) {
	n := l.loans[title]
	l.strike(title)
	n.cancel()
}

func (l *library) Lose(title string) {
	if n := l.loans[title]; n != nil {
		delete(l.loans, title)
		n.cancel()
	}
}

// Who has got it may end it at any time.
type Rink struct{ skaters map[int]*Skater }

type Skater struct {
	number int
	rest   chan struct{}
}

func (r *Rink) Enter(number int) *Skater {
	s := &Skater{number: number, rest: make(chan struct{})}
	r.skaters[number] = s
	go s.glide()
	return s
}

func (s *Skater) glide() { <-s.rest }

func (s *Skater) Rest() { close(s.rest) }

func (r *Rink) Expel(number int) {
	if s := r.skaters[number]; s != nil {
		delete(r.skaters, number)
		s.Rest()
	}
}

func (r *Rink) Forget(number int) { delete(r.skaters, number) }

// It is moved, or asked for in another table as well.
type museum struct {
	shown  map[string]*exhibit
	stored map[string]*exhibit
}

type exhibit struct{ sold chan struct{} }

func (m *museum) Show(name string) {
	e := &exhibit{sold: make(chan struct{})}
	m.shown[name] = e
	m.stored[name] = e
	go e.guard()
}

func (e *exhibit) guard() { <-e.sold }

func (m *museum) Store(name string) { delete(m.shown, name) }

func (m *museum) Sell(name string) {
	if e := m.stored[name]; e != nil {
		delete(m.stored, name)
		delete(m.shown, name)
		close(e.sold)
	}
}

// The goroutine ends by itself, too.
type kitchen struct{ pots map[int]*pot }

type pot struct{ lift chan struct{} }

func (k *kitchen) Boil(id int) {
	p := &pot{lift: make(chan struct{})}
	k.pots[id] = p
	go p.boil()
}

func (p *pot) boil() {
	select {
	case <-p.lift:
	case <-time.After(time.Hour):
	}
}

func (k *kitchen) Lift(id int) {
	if p := k.pots[id]; p != nil {
		delete(k.pots, id)
		close(p.lift)
	}
}

func (k *kitchen) Forget(id int) { delete(k.pots, id) }

// All of them end with their owner.
type regatta struct {
	over    chan struct{}
	yachts  map[int]*yacht
	started int
}

type yacht struct{ over chan struct{} }

func (r *regatta) Start(id int) {
	y := &yacht{over: r.over}
	r.yachts[id] = y
	go y.race()
}

func (y *yacht) race() { <-y.over }

func (r *regatta) Retire(id int) { delete(r.yachts, id) }

func (r *regatta) End(id int) {
	if y := r.yachts[id]; y != nil {
		delete(r.yachts, id)
		close(y.over)
	}
}
