/** What clients of a type do with others of its package: what is made of a value, and what comes back to it. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"errors"\n\t"sync"\n)\n\n${code}`);

/** Boats take a berth and are written down. */
function harbour(arrive: string, leave: string): string {
  return `type Harbour struct {
	berths chan struct{}

	mu    sync.Mutex
	boats map[string]bool
	book  sync.Mutex
}

func NewHarbour(n int) *Harbour {
	return &Harbour{berths: make(chan struct{}, n), boats: make(map[string]bool)}
}

var errKnown = errors.New("known")

func (h *Harbour) Arrive(name string) error {
${arrive}
	if h.boats[name] {
		return errKnown
	}
	h.boats[name] = true
	return nil
}

func (h *Harbour) Leave(name string) {
${leave}
	known := h.boats[name]
	delete(h.boats, name)
	if known {
		<-h.berths
	}
}
`;
}

/** Tanks are filled by a pump that reports to their gauge. */
function gauge(report: string): string {
  return `type Gauge struct {
	mu     sync.Mutex
	levels chan int
	stop   chan struct{}
	last   int
	asked  int
}

func NewGauge() *Gauge {
	return &Gauge{levels: make(chan int), stop: make(chan struct{})}
}

func (g *Gauge) Report(level int) {
${report}
}

func (g *Gauge) keep(level int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last = level
}

func (g *Gauge) Name(names []string) string {
	g.asked++
	return names[g.asked%len(names)]
}

type Display struct {
	gauge *Gauge
	done  chan struct{}
}

func NewDisplay(g *Gauge) *Display {
	d := &Display{gauge: g, done: make(chan struct{})}
	go d.show()
	return d
}

func (d *Display) show() {
	defer close(d.done)
	for {
		select {
		case level := <-d.gauge.levels:
			d.gauge.keep(level)
		case <-d.gauge.stop:
			return
		}
	}
}

func (d *Display) Close() {
	close(d.gauge.stop)
	<-d.done
}
`;
}

/** A shelf tells its watchers, and the clerk is one of them. */
function shelf(put: string, taken: string): string {
  return `type Watcher interface {
	Taken(n int)
}

type Shelf struct {
	mu       sync.Mutex
	count    int
	watchers []Watcher
}

func NewShelf() *Shelf { return &Shelf{} }

func (s *Shelf) Watch(w Watcher) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers = append(s.watchers, w)
}

func (s *Shelf) Take() {
${put}
}

func (s *Shelf) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

type Clerk struct {
	shelf *Shelf
	mu    sync.Mutex
	seen  int
}

func NewClerk(s *Shelf) *Clerk {
	c := &Clerk{shelf: s}
	s.Watch(c)
	return c
}

func (c *Clerk) Taken(n int) {
${taken}
}

func (c *Clerk) Check() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shelf.Count() == c.seen
}
`;
}

const UNDER_LOCK = '\th.mu.Lock()\n\tdefer h.mu.Unlock()';
const TELL_LOCKED = `	s.mu.Lock()
	defer s.mu.Unlock()
	s.count--
	for _, w := range s.watchers {
		w.Taken(s.count)
	}`;
const TELL_AFTER = `	s.mu.Lock()
	s.count--
	left, watchers := s.count, append([]Watcher(nil), s.watchers...)
	s.mu.Unlock()
	for _, w := range watchers {
		w.Taken(left)
	}`;
const SEE = '\tc.mu.Lock()\n\tc.seen = n\n\tc.mu.Unlock()';

describe('concurrency model: values of a package and what is made of them', () => {
  it('who would make room needs the lock that is held', async () => {
    const sends = '\th.berths <- struct{}{}';
    deepStrictEqual(await found(harbour(`${UNDER_LOCK}\n${sends}`, UNDER_LOCK)), [
      'blocking-under-lock h.berths <- struct{}{}',
    ]);
    deepStrictEqual(await found(harbour(`${sends}\n${UNDER_LOCK}`, UNDER_LOCK)), []);
  });

  it('who has come in by a name may leave by it', async () => {
    const book = '\th.book.Lock()\n\tdefer h.book.Unlock()';
    deepStrictEqual(await found(harbour(`${UNDER_LOCK}\n\th.berths <- struct{}{}\n${book}`, book)), []);
  });

  it('a sender under a lock that the receiver wants waits until the end', async () => {
    const send = '\tselect {\n\tcase g.levels <- level:\n\tcase <-g.stop:\n\t}';
    const locked = `\tg.mu.Lock()\n\tdefer g.mu.Unlock()\n${send}`;
    deepStrictEqual(await found(gauge(locked)), ['blocking-under-lock select {']);
    deepStrictEqual(await found(gauge(send)), []);
  });

  it('another receiver may be made of the value', async () => {
    const alone = gauge('\tg.levels <- level').replace('go d.show()', 'go d.show() // as often as wanted');
    deepStrictEqual(await found(alone.replace(/case <-d\.gauge\.stop:\n\t\t\treturn/, 'case <-d.gauge.stop:')), []);
  });

  it('a value tells the one type that can be told, which asks the value', async () => {
    const lamp = (tell: string): string => `type Panel interface {
	Switched(l *Lamp)
}

type Lamp struct {
	mu    sync.Mutex
	on    bool
	panel Panel
}

func NewLamp(panel Panel) *Lamp { return &Lamp{panel: panel} }

func (l *Lamp) On() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.on
}

func (l *Lamp) Toggle() {
	l.mu.Lock()
${tell}
}

type Wall struct{ lit int }

func NewWall() *Wall { return &Wall{} }

func (w *Wall) Switched(l *Lamp) {
	if l.On() {
		w.lit++
	}
}
`;
    const under = '\tdefer l.mu.Unlock()\n\tl.on = !l.on\n\tl.panel.Switched(l)';
    const after = '\tl.on = !l.on\n\tl.mu.Unlock()\n\tl.panel.Switched(l)';
    deepStrictEqual(await found(lamp(under)), ['double-lock l.mu.Lock()']);
    deepStrictEqual(await found(lamp(after)), []);
  });

  it('who has got something gives it back while it is used, or after the end', async () => {
    const room = (closes: string, say: string, leave: string): string => `type Room struct {
	mu     sync.Mutex
	guests map[*Guest]bool
}

func NewRoom() *Room { return &Room{guests: make(map[*Guest]bool)} }

type Guest struct {
	room *Room
	ears chan string
}

func (r *Room) Enter() *Guest {
	g := &Guest{room: r, ears: make(chan string, 4)}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.guests[g] = true
	return g
}

func (r *Room) Say(s string) {
	r.mu.Lock()
${say}
}

func (r *Room) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for g := range r.guests {
		delete(r.guests, g)
		${closes}
	}
}

func (g *Guest) Leave() {
	g.room.mu.Lock()
	defer g.room.mu.Unlock()
${leave}
}
`;
    const under = `\tdefer r.mu.Unlock()
	for g := range r.guests {
		select {
		case g.ears <- s:
		default:
		}
	}`;
    const after = `\tguests := make([]*Guest, 0, len(r.guests))
	for g := range r.guests {
		guests = append(guests, g)
	}
	r.mu.Unlock()
	for _, g := range guests {
		select {
		case g.ears <- s:
		default:
		}
	}`;
    const asks = '\tif g.room.guests[g] {\n\t\tdelete(g.room.guests, g)\n\t\tclose(g.ears)\n\t}';
    const always = '\tdelete(g.room.guests, g)\n\tclose(g.ears)';
    deepStrictEqual(await found(room('close(g.ears)', under, asks)), []);
    deepStrictEqual([...new Set(await found(room('', after, asks)))], ['send-after-close case g.ears <- s:']);
    deepStrictEqual([...new Set(await found(room('close(g.ears)', under, always)))], ['double-close close(g.ears)']);
  });

  it('what was made of a value ends it, and nobody calls it beside that', async () => {
    const code = `type Index struct {
	mu    sync.Mutex
	words map[string]bool
	asked chan string
}

func NewIndex() *Index {
	ix := &Index{words: make(map[string]bool), asked: make(chan string)}
	go ix.build()
	return ix
}

func (ix *Index) build() {
	for w := range ix.asked {
		ix.mu.Lock()
		ix.words[w] = true
		ix.mu.Unlock()
	}
}

func (ix *Index) Add(word string) { ix.asked <- word }

func (ix *Index) Close() { close(ix.asked) }

type Shelf struct{ index *Index }

func NewShelf(ix *Index) *Shelf { return &Shelf{index: ix} }

func (s *Shelf) Copy(from <-chan string) { s.index.Add(<-from) }

func (s *Shelf) Close() { s.index.Close() }
`;
    deepStrictEqual(
      (await found(code)).filter((f) => !f.includes('?')),
      [],
    );
  });

  it('a value that takes what it is itself is not made of another one', async () => {
    const code = `type Store interface {
	Sync()
	Close()
}

type Queued struct {
	next Store
	work chan int
	quit chan struct{}
	once sync.Once
}

func NewQueued(next Store) *Queued {
	q := &Queued{next: next, work: make(chan int), quit: make(chan struct{})}
	go q.loop()
	return q
}

func (q *Queued) loop() {
	for {
		select {
		case <-q.work:
			q.next.Sync()
		case <-q.quit:
			return
		}
	}
}

func (q *Queued) Sync() {
	select {
	case q.work <- 1:
	case <-q.quit:
	}
}

func (q *Queued) Close() {
	q.once.Do(func() { close(q.quit) })
}
`;
    deepStrictEqual(await found(code), []);
  });

  it('a watcher asks the value that tells it under its lock', async () => {
    const asks = '\tc.seen = c.shelf.Count()';
    deepStrictEqual(await found(shelf(TELL_LOCKED, asks)), ['double-lock s.mu.Lock()']);
    deepStrictEqual(await found(shelf(TELL_AFTER, asks)), []);
  });

  it('a watcher is told and asks under two locks in opposite orders', async () => {
    const [first] = await found(shelf(TELL_LOCKED, SEE));
    deepStrictEqual(first?.startsWith('lock-order'), true);
    deepStrictEqual(await found(shelf(TELL_AFTER, SEE)), []);
  });
});
