// Package optional has channels in fields that only some of the values have.
package optional

import (
	"errors"
	"sync/atomic"
)

// A press prints sheets. Only one that is to prove them has a channel for proofs.
type press struct {
	sheets  chan string
	proofs  chan int
	printed int
}

func NewPress(prove bool) *press {
	p := &press{sheets: make(chan string, 8)}
	if prove {
		p.proofs = make(chan int, 8)
	}
	go p.work()
	return p
}

func (p *press) work() {
	n := 0
	for range p.sheets {
		n++
		if p.proofs != nil {
			p.proofs <- n
		}
	}
}

func (p *press) Print(sheet string) {
	p.sheets <- sheet
	p.printed++
	if p.printed%16 == 0 {
		p.settle()
	}
}

func (p *press) settle() {
	for seen := 0; seen < p.printed; {
		seen = <-p.proofs // want "nil-channel: `NewPress` may leave `p.proofs` nil, .* this receive"
	}
}

func (p *press) Close() { close(p.sheets) }

// A tray is carried by somebody who has nothing of its counter.
type tray struct {
	cups    []*Cup
	counter chan int
}

type Cup struct {
	number int
	tray   *tray
	empty  atomic.Bool
}

type Waiter struct{ Counts bool }

func (w *Waiter) Carry(n int) (*tray, error) {
	if n == 0 {
		return nil, errors.New("nothing to carry")
	}
	t := new(tray)
	if w.Counts {
		t.counter = make(chan int, n)
	}
	for i := range n {
		t.cups = append(t.cups, &Cup{number: i, tray: t})
	}
	return t, nil
}

func (c *Cup) Drink() {
	if c.empty.Swap(true) {
		return
	}
	c.tray.counter <- c.number // want "nil-channel: `Waiter.Carry` may leave `c.tray.counter` nil, .* this send"
}

func (t *tray) Empty() int {
	if t.counter == nil {
		return len(t.cups)
	}
	return len(t.counter)
}

// A kiln has a log when an option asks for it.
type Kiln struct {
	heat int
	log  chan string
}

type KilnOption func(*Kiln)

func WithLog(n int) KilnOption {
	return func(k *Kiln) { k.log = make(chan string, n) }
}

func NewKiln(options ...KilnOption) *Kiln {
	k := &Kiln{heat: 20}
	for _, o := range options {
		o(k)
	}
	return k
}

func (k *Kiln) Fire(heat int) {
	k.heat = heat
	if k.log != nil {
		k.log <- "fired"
	}
}

func (k *Kiln) Cool() {
	k.heat = 20
	k.log <- "cooled" // want "nil-channel: `NewKiln` may leave `k.log` nil"
}

// A ferry's channel is put into a variable first.
type Ferry struct {
	name    string
	landing chan string
}

func NewFerry(name string, berths int) *Ferry {
	var landing chan string
	if berths > 0 {
		landing = make(chan string, berths)
	}
	return &Ferry{name: name, landing: landing}
}

func (f *Ferry) Arrive() {
	if f.landing == nil {
		return
	}
	f.landing <- f.name
}

func (f *Ferry) Board() []string {
	var all []string
	for who := range f.landing { // want "nil-channel: `NewFerry` may leave `f.landing` nil, .* this loop"
		all = append(all, who)
	}
	return all
}

// A choir is led by a conductor who may be able to answer.
type Conductor interface{ Wave() }

type answering interface{ Answer(int) }

type Choir struct {
	leader  Conductor
	answers chan int
	sung    int
}

func NewChoir(leader Conductor) *Choir {
	c := &Choir{leader: leader}
	switch leader.(type) {
	case answering:
		c.answers = make(chan int)
	}
	return c
}

func (c *Choir) reply(n int) bool {
	if c.answers == nil {
		return false
	}
	c.answers <- n
	return true
}

func (c *Choir) Sing() int {
	c.leader.Wave()
	c.reply(c.sung)
	c.sung++
	return <-c.answers // want "nil-channel: `NewChoir` may leave `c.answers` nil"
}

// A scale is made in two ways, of which one forgets the weights.
type Scale struct {
	limit   int
	weights chan int
}

func NewScale(limit int) *Scale {
	return &Scale{limit: limit, weights: make(chan int, 4)}
}

func NewSimpleScale() *Scale {
	return &Scale{limit: 10}
}

func (s *Scale) Weigh(n int) bool {
	if s.weights != nil {
		s.weights <- n
	}
	return n < s.limit
}

func (s *Scale) Last() int {
	return <-s.weights // want "nil-channel: `NewSimpleScale` may leave `s.weights` nil"
}

// An early return is a way without the channel, too.
type Lamp struct {
	watts int
	moths chan int
}

func NewLamp(watts int, outside bool) *Lamp {
	l := &Lamp{watts: watts}
	if !outside {
		return l
	}
	l.moths = make(chan int)
	return l
}

func (l *Lamp) Attract() {
	if l.moths == nil {
		return
	}
	l.moths <- l.watts
}

func (l *Lamp) Count() (n int) {
	go func() {
		for {
			n += <-l.moths // want "nil-channel: `NewLamp` may leave `l.moths` nil"
		}
	}()
	return n
}

// A Toll asks for the flag by which its channel is made, but not everywhere.
type Toll struct {
	counting bool
	cars     chan int
}

func NewToll(counting bool) *Toll {
	t := &Toll{counting: counting}
	if counting {
		t.cars = make(chan int, 9)
	}
	return t
}

func (t *Toll) Pass(n int) {
	if t.counting {
		t.cars <- n
	}
}

func (t *Toll) Next() int {
	return <-t.cars // want "nil-channel: `NewToll` may leave `t.cars` nil"
}
