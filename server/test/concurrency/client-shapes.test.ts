/** What clients of a library meet that shows only where several of its types work together. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"context"\n\t"errors"\n\t"sync"\n\t"time"\n)\n\n${code}`);

/** Tides are asked for once, however many want to know. */
function tides(answer: string): string {
  return `var errFog = errors.New("fog")

type Buoy interface {
	Measure(port string) (int, error)
}

type Option func(*Tides)

func WithClock(now func() time.Time) Option {
	return func(t *Tides) { t.now = now }
}

type Tides struct {
	buoy Buoy
	now  func() time.Time

	mu    sync.Mutex
	known map[string]int
	asked map[string]*question
}

type question struct {
	answered chan struct{}
	level    int
	err      error
}

func NewTides(b Buoy, options ...Option) *Tides {
	t := &Tides{buoy: b, now: time.Now, known: make(map[string]int), asked: make(map[string]*question)}
	for _, o := range options {
		o(t)
	}
	return t
}

func (t *Tides) Level(port string) (int, error) {
	t.mu.Lock()
	if q, ok := t.asked[port]; ok {
		t.mu.Unlock()
		<-q.answered
		return q.level, q.err
	}
	q := &question{answered: make(chan struct{})}
	t.asked[port] = q
	t.mu.Unlock()

	q.level, q.err = t.buoy.Measure(port)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.asked, port)
${answer}
	t.known[port] = q.level
	close(q.answered)
	return q.level, q.err
}
`;
}

/** Parcels wait until somebody has weighed them. */
function scale(stop: string): string {
  return `type Scale struct {
	mu      sync.Mutex
	belt    chan *Parcel
	quit    chan struct{}
	stopped bool
	done    chan struct{}
}

func (s *Scale) Weigh() (*Parcel, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil, errors.New("stopped")
	}
	if s.belt == nil {
		s.belt, s.quit, s.done = make(chan *Parcel, 16), make(chan struct{}), make(chan struct{})
		go s.run()
	}
	p := &Parcel{weighed: make(chan struct{})}
	select {
	case s.belt <- p:
		return p, nil
	default:
		return nil, errors.New("full")
	}
}

func (s *Scale) run() {
	defer close(s.done)
	for {
		select {
		case <-s.quit:
			return
		case p := <-s.belt:
			close(p.weighed)
		}
	}
}

func (s *Scale) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped || s.belt == nil {
		s.stopped = true
		return
	}
	s.stopped = true
	close(s.quit)
	<-s.done
${stop}
}

type Parcel struct {
	weighed chan struct{}
}

func (p *Parcel) Wait() {
	<-p.weighed
}
`;
}

/** Kayaks are lent and come back, whole or broken. */
function rental(broken: string): string {
  return `type Rental struct {
	racks chan struct{}
}

func NewRental(n int) *Rental {
	return &Rental{racks: make(chan struct{}, n)}
}

func (r *Rental) Borrow() *Kayak {
	r.racks <- struct{}{}
	return &Kayak{rental: r}
}

type Kayak struct {
	sync.Mutex
	rental *Rental
	broken bool
}

func (k *Kayak) Return() {
	<-k.rental.racks
}

func (k *Kayak) Discard() {
	k.broken = true
${broken}
}
`;
}

/** A tap drips into a bucket until it is turned off. */
function tap(drip: string): string {
  return `type Tap struct {
	bucket chan struct{}
	off    chan struct{}
	dry    chan struct{}
	once   sync.Once
}

func NewTap(size int) *Tap {
	if size <= 0 {
		size = 1
	}
	t := &Tap{bucket: make(chan struct{}, size), off: make(chan struct{}), dry: make(chan struct{})}
	go t.drip(time.Second)
	return t
}

func (t *Tap) drip(every time.Duration) {
	defer close(t.dry)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
${drip}
		case <-t.off:
			return
		}
	}
}

func (t *Tap) Take(ctx context.Context) error {
	select {
	case <-t.bucket:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *Tap) Stop() {
	t.once.Do(func() { close(t.off) })
	<-t.dry
}
`;
}

/** Bells ring for whoever has come to hear them. */
function tower(ring: string): string {
  return `type Tower struct {
	mu      sync.Mutex
	hearers map[*Hearer]struct{}
}

func (t *Tower) Listen() *Hearer {
	h := &Hearer{tower: t, bells: make(chan int, 12), left: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hearers == nil {
		t.hearers = make(map[*Hearer]struct{})
	}
	t.hearers[h] = struct{}{}
	return h
}

func (t *Tower) Ring(n int) {
	for _, h := range t.present() {
		h.ring(n)
	}
}

func (t *Tower) present() []*Hearer {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []*Hearer
	for h := range t.hearers {
		all = append(all, h)
	}
	return all
}

func (t *Tower) leave(h *Hearer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.hearers, h)
}

type Hearer struct {
	tower *Tower
	bells chan int
	left  chan struct{}
	once  sync.Once
}

func (h *Hearer) ring(n int) {
${ring}
}

func (h *Hearer) Next() (int, bool) {
	select {
	case n := <-h.bells:
		return n, true
	case <-h.left:
		return 0, false
	}
}

func (h *Hearer) Close() {
	h.once.Do(func() {
		h.tower.leave(h)
		close(h.left)
	})
}
`;
}

describe('concurrency: libraries of several types', () => {
  it('a client gives no options', async () => {
    const early =
      '\tif errors.Is(q.err, errFog) {\n\t\tif level, ok := t.known[port]; ok {\n\t\t\treturn level, nil\n\t\t}\n\t}';
    deepStrictEqual(await found(tides(early)), ['close-skipped <-q.answered']);
    deepStrictEqual(await found(tides('')), []);
  });

  it('what waits in a queue of a value that is ready when it is zero is left there by its end', async () => {
    const rest =
      '\tfor {\n\t\tselect {\n\t\tcase p := <-s.belt:\n\t\t\tclose(p.weighed)\n\t\tdefault:\n\t\t\treturn\n\t\t}\n\t}';
    deepStrictEqual(await found(scale('')), ['receive-without-sender <-p.weighed']);
    deepStrictEqual(await found(scale(rest)), []);
  });

  it('what is thrown away makes no room', async () => {
    deepStrictEqual(await found(rental('')), ['producer-outlives-consumer r.racks <- struct{}{}']);
    deepStrictEqual(await found(rental('\t<-k.rental.racks')), []);
  });

  it('a goroutine that sends cannot hear that it is to end', async () => {
    const give = '\t\t\tselect {\n\t\t\tcase t.bucket <- struct{}{}:\n\t\t\tdefault:\n\t\t\t}';
    deepStrictEqual(await found(tap('\t\t\tt.bucket <- struct{}{}')), [
      'producer-outlives-consumer t.bucket <- struct{}{}',
    ]);
    deepStrictEqual(await found(tap(give)), []);
  });

  it('many calls fill a large buffer that nobody empties any more', async () => {
    deepStrictEqual(await found(tower('\th.bells <- n')), ['producer-outlives-consumer h.bells <- n']);
    deepStrictEqual(await found(tower('\tselect {\n\tcase h.bells <- n:\n\tcase <-h.left:\n\t}')), []);
  });

  it('a key is not what is computed from it', async () => {
    const code = `type Maps struct {
	mu    sync.Mutex
	tiles map[spot]*tile
}

type spot struct {
	place string
	scale int
}

type tile struct {
	spot spot
	once sync.Once
	pix  []byte
}

func NewMaps() *Maps {
	return &Maps{tiles: make(map[spot]*tile)}
}

func (m *Maps) Tile(place string, scale int) []byte {
	if scale < 8 || scale > 1024 {
		return nil
	}
	t := m.slot(spot{place, scale})
	t.once.Do(func() {
		if scale == 1024 {
			t.pix = []byte(place)
			return
		}
		t.pix = m.Tile(place, scale*2)
	})
	return t.pix
}

func (m *Maps) slot(s spot) *tile {
	m.mu.Lock()
	defer m.mu.Unlock()
	t, ok := m.tiles[s]
	if !ok {
		t = &tile{spot: s}
		m.tiles[s] = t
	}
	return t
}
`;
    deepStrictEqual(await found(code), []);
  });

  it('an array has as many elements as its type says', async () => {
    const vote = (room: string): string => `const judges = 3

type Judge interface {
	Vote() (int, error)
}

type Jury struct {
	Judges [judges]Judge
}

func (j *Jury) Decide(ctx context.Context) (int, error) {
	votes := make(chan int, ${room})
	for _, judge := range j.Judges {
		go func() {
			n, _ := judge.Vote()
			votes <- n
		}()
	}
	sum := 0
	for range judges {
		select {
		case n := <-votes:
			sum += n
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return sum, nil
}
`;
    deepStrictEqual(await found(vote('judges-1')), ['surplus-senders votes <- n']);
    deepStrictEqual(await found(vote('judges')), []);
  });

  it('what was asked for is taken back, and nobody counts it down', async () => {
    const queue = (skip: string): string => `type Order struct {
	Cook func()

	mu     sync.Mutex
	dropped bool
}

func (o *Order) Drop() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.dropped = true
}

func (o *Order) isDropped() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.dropped
}

type Kitchen struct {
	orders chan *Order
	open   sync.WaitGroup
}

func NewKitchen() *Kitchen {
	k := &Kitchen{orders: make(chan *Order, 32)}
	go k.cook()
	return k
}

func (k *Kitchen) Take(o *Order) {
	k.open.Add(1)
	k.orders <- o
}

func (k *Kitchen) cook() {
	for o := range k.orders {
		if o.isDropped() {
${skip}
			continue
		}
		k.make(o)
	}
}

func (k *Kitchen) make(o *Order) {
	defer k.open.Done()
	o.Cook()
}

func (k *Kitchen) Rest() {
	k.open.Wait()
}

func (k *Kitchen) Close() {
	close(k.orders)
}
`;
    deepStrictEqual(await found(queue('')), ['waitgroup-missing-done k.open.Wait()']);
    deepStrictEqual(await found(queue('\t\t\tk.open.Done()')), []);
  });

  it('no more are asked than there is room for', async () => {
    const ask = (at: string): string => `const most = 3

type Oracle interface {
	Ask() string
}

func Ask(ctx context.Context, oracles []Oracle) string {
	if len(oracles) > most {
		oracles = oracles[:${at}]
	}
	if len(oracles) == 0 {
		return ""
	}
	answers := make(chan string, most)
	for _, o := range oracles {
		go func() { answers <- o.Ask() }()
	}
	select {
	case a := <-answers:
		return a
	case <-ctx.Done():
		return ""
	}
}
`;
    deepStrictEqual(await found(ask('most+2')), ['surplus-senders go func() { answers <- o.Ask() }()']);
    deepStrictEqual(await found(ask('most')), []);
  });
});
