/** What serves the calls of clients one after the other, and what they take and give back. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p

import (
	"context"
	"errors"
	"sync"
)

var errShut = errors.New("shut")

${code}

var (
	_ context.Context
	_ sync.Mutex
)
`);

/** A kiln is fed, and says on demand whether all that is in it has been fired. */
const kiln = (fired: string): string => `type Oven interface {
	Fire(pots []string) error
}

type Kiln struct {
	oven Oven
	feed chan string
	ask  chan chan error
	cold chan struct{}
	pots []string
}

func NewKiln(o Oven) *Kiln {
	k := &Kiln{oven: o, feed: make(chan string), ask: make(chan chan error), cold: make(chan struct{})}
	go k.burn()
	return k
}

func (k *Kiln) Feed(pot string) error {
	select {
	case k.feed <- pot:
		return nil
	case <-k.cold:
		return errShut
	}
}

func (k *Kiln) Fired() error {
	answer := make(chan error, 1)
	select {
	case k.ask <- answer:
		return <-answer
	case <-k.cold:
		return errShut
	}
}

func (k *Kiln) burn() {
	defer close(k.cold)
	for {
		select {
		case pot := <-k.feed:
			k.pots = append(k.pots, pot)
		case answer := <-k.ask:
			if len(k.pots) == 0 {
				answer <- nil
				continue
			}
			err := k.oven.Fire(k.pots)
${fired}
			k.pots = nil
		}
	}
}
`;

/** Letters that could not be carried go back into the bag they came from. */
const post = (back: string): string => `type Letter struct {
	Tries int
}

type Post struct {
	bag   chan *Letter
	shut  chan struct{}
	once  sync.Once
	carry func(*Letter) error
}

func NewPost(room int, carry func(*Letter) error) *Post {
	p := &Post{bag: make(chan *Letter, room), shut: make(chan struct{}), carry: carry}
	go p.walk()
	return p
}

func (p *Post) Drop(l *Letter) error {
	select {
	case p.bag <- l:
		return nil
	case <-p.shut:
		return errShut
	}
}

func (p *Post) Shut() {
	p.once.Do(func() { close(p.shut) })
}

func (p *Post) walk() {
	for {
		select {
		case <-p.shut:
			return
		case l := <-p.bag:
			l.Tries++
			if err := p.carry(l); err != nil {
${back}
			}
		}
	}
}
`;

/** Boats wait for a berth, or until they have had enough of it. */
const harbour = (withdraw: string): string => `type Harbour struct {
	mu     sync.Mutex
	free   int
	queue  []chan struct{}
}

func NewHarbour(berths int) *Harbour {
	return &Harbour{free: berths}
}

func (h *Harbour) Enter(ctx context.Context) error {
	h.mu.Lock()
	if h.free > 0 {
		h.free--
		h.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	h.queue = append(h.queue, turn)
	h.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		h.withdraw(turn)
		return ctx.Err()
	}
}

func (h *Harbour) withdraw(turn chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
${withdraw}
	for i, q := range h.queue {
		if q == turn {
			h.queue = append(h.queue[:i], h.queue[i+1:]...)
			return
		}
	}
}

func (h *Harbour) Leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.leaveLocked()
}

func (h *Harbour) leaveLocked() {
	if len(h.queue) > 0 {
		close(h.queue[0])
		h.queue = h.queue[1:]
		return
	}
	h.free++
}
`;

/** A chute is checked before things are let down in it. */
const chute = (down: string): string => `type Chute struct {
	mu     sync.RWMutex
	closed bool
	slide  chan string
	quit   chan struct{}
	done   chan struct{}
}

func NewChute() *Chute {
	c := &Chute{slide: make(chan string), quit: make(chan struct{}), done: make(chan struct{})}
	go c.collect()
	return c
}

func (c *Chute) isClosed() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.closed
}

func (c *Chute) Down(thing string) error {
	if c.isClosed() {
		return errShut
	}
${down}
	return nil
}

func (c *Chute) collect() {
	defer close(c.done)
	for {
		select {
		case <-c.slide:
		case <-c.quit:
			return
		}
	}
}

func (c *Chute) Close() {
	c.mu.Lock()
	isOpen := !c.closed
	c.closed = true
	c.mu.Unlock()
	if isOpen {
		close(c.quit)
	}
	<-c.done
}
`;

/** Listeners to a tower bell, each on a goroutine of its own; one of a kind hears it once. */
const tower = (leave: string): string => `type Ear struct {
	tower *Tower
	hear  func(int)
	peals chan int
	quit  chan struct{}
	deaf  chan struct{}
	once  sync.Once
}

func (e *Ear) Leave() {
	e.stop()
	<-e.deaf
}

func (e *Ear) stop() {
	e.once.Do(func() {
		e.tower.forget(e)
		close(e.quit)
	})
}

func (e *Ear) listen() {
	defer close(e.deaf)
	for {
		select {
		case <-e.quit:
			return
		case n := <-e.peals:
			e.hear(n)
		}
	}
}

type Tower struct {
	mu   sync.Mutex
	ears map[*Ear]bool
}

func NewTower() *Tower {
	return &Tower{ears: make(map[*Ear]bool)}
}

func (t *Tower) Listen(hear func(int)) *Ear {
	e := t.newEar()
	e.hear = hear
	t.add(e)
	return e
}

func (t *Tower) ListenOnce(hear func(int)) *Ear {
	e := t.newEar()
	e.hear = func(n int) {
		hear(n)
		${leave}
	}
	t.add(e)
	return e
}

func (t *Tower) Ring(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for e := range t.ears {
		select {
		case e.peals <- n:
		default:
		}
	}
}

func (t *Tower) newEar() *Ear {
	return &Ear{tower: t, peals: make(chan int, 4), quit: make(chan struct{}), deaf: make(chan struct{})}
}

func (t *Tower) add(e *Ear) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ears[e] = true
	go e.listen()
}

func (t *Tower) forget(e *Ear) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.ears, e)
}
`;

/** What falls through a sieve of any grain is looped over until the sand has run out. */
const sieve = (fails: string): string => `type Sand interface {
	Next() (int, error)
}

type Sieve[T any] struct {
	fine chan int
	tag  T
}

func NewSieve[T any](s Sand, tag T) *Sieve[T] {
	v := &Sieve[T]{fine: make(chan int), tag: tag}
	go v.shake(s)
	return v
}

func (v *Sieve[T]) shake(s Sand) {
	for {
		n, err := s.Next()
		if err != nil {
${fails}
			return
		}
		v.fine <- n
	}
}

func (v *Sieve[T]) Each(fn func(int)) {
	for n := range v.fine {
		fn(n)
	}
}
`;

describe('calls that are served one after the other', () => {
  it('are answered also where what came before has failed', async () => {
    const leaves = '\t\t\tif err != nil {\n\t\t\t\treturn\n\t\t\t}\n\t\t\tanswer <- nil';
    deepStrictEqual(await found(kiln(leaves)), ['receive-without-sender return <-answer']);
    deepStrictEqual(await found(kiln('\t\t\tanswer <- err\n\t\t\tif err != nil {\n\t\t\t\treturn\n\t\t\t}')), []);
  });

  it('do not come back into the queue of who serves them', async () => {
    deepStrictEqual(await found(post('\t\t\t\tp.bag <- l')), ['abandoned-send p.bag <- l']);
    const drops = '\t\t\t\tselect {\n\t\t\t\tcase p.bag <- l:\n\t\t\t\tdefault:\n\t\t\t\t}';
    deepStrictEqual(await found(post(drops)), []);
  });

  it('may be given what they do not want any more', async () => {
    deepStrictEqual(await found(harbour('')), ['receive-without-sender select {']);
    const passesOn = '\tselect {\n\tcase <-turn:\n\t\th.leaveLocked()\n\t\treturn\n\tdefault:\n\t}';
    deepStrictEqual(await found(harbour(passesOn)), []);
  });

  it('may come when a helper has just said that it is not too late', async () => {
    deepStrictEqual(await found(chute('\tc.slide <- thing')), ['abandoned-send c.slide <- thing']);
    const asks = '\tselect {\n\tcase c.slide <- thing:\n\tcase <-c.done:\n\t\treturn errShut\n\t}';
    deepStrictEqual(await found(chute(asks)), []);
  });

  it('do not wait for the goroutine that makes them', async () => {
    deepStrictEqual(await found(tower('e.Leave()')), ['receive-without-sender <-e.deaf']);
    deepStrictEqual(await found(tower('e.stop()')), []);
  });

  it('are loops over a channel in a field', async () => {
    deepStrictEqual(await found(sieve('')), ['never-closed-range for n := range v.fine {']);
    deepStrictEqual(await found(sieve('\t\t\tclose(v.fine)')), []);
  });
});
