/** What clients do with what a value gives them: streams that they close, and rights that their functions give back later. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> => toldLeaks(`package p\n\nimport "sync"\n\n${code}`);

/** Cranes wait in a yard until one of its slots is free. */
function yard(leave: string): string {
  return `type Yard struct {
	mu    sync.Mutex
	slots int
	hooks []func()
}

func NewYard(n int) *Yard {
	return &Yard{slots: n}
}

func (y *Yard) OnFree(fn func()) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.hooks = append(y.hooks, fn)
}

func (y *Yard) take() (*Slot, bool) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.slots == 0 {
		return nil, false
	}
	y.slots--
	return &Slot{yard: y}, true
}

func (y *Yard) leave() {
${leave}
}

type Slot struct {
	yard *Yard
}

func (s *Slot) Release() {
	s.yard.leave()
}

type Work func(s *Slot) error

type Dispatcher struct {
	yard *Yard

	mu      sync.Mutex
	waiting []Work
}

func NewDispatcher(y *Yard) *Dispatcher {
	d := &Dispatcher{yard: y}
	y.OnFree(d.next)
	return d
}

func (d *Dispatcher) Dispatch(w Work) {
	d.mu.Lock()
	d.waiting = append(d.waiting, w)
	d.mu.Unlock()
	d.next()
}

func (d *Dispatcher) next() {
	for {
		w, s := d.first()
		if s == nil {
			return
		}
		w(s)
	}
}

func (d *Dispatcher) first() (Work, *Slot) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		return nil, nil
	}
	s, ok := d.yard.take()
	if !ok {
		return nil, nil
	}
	w := d.waiting[0]
	d.waiting = d.waiting[1:]
	return w, s
}
`;
}

/** Reports of a link come to the gauges that are plugged in. */
function link(deliver: string): string {
  return `type Report struct {
	Gauge int
	Level float64
}

type Wire interface {
	Read() (Report, error)
	Close() error
}

type Link struct {
	wire Wire
	down chan struct{}

	mu     sync.Mutex
	gauges map[int]*Gauge
}

func NewLink(w Wire) *Link {
	l := &Link{wire: w, down: make(chan struct{}), gauges: make(map[int]*Gauge)}
	go l.read()
	return l
}

func (l *Link) Plug(id, room int) *Gauge {
	g := &Gauge{id: id, link: l, levels: make(chan float64, room), gone: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.gauges[id] = g
	return g
}

func (l *Link) Close() error {
	err := l.wire.Close()
	<-l.down
	return err
}

func (l *Link) read() {
	defer close(l.down)
	for {
		r, err := l.wire.Read()
		if err != nil {
			return
		}
		l.mu.Lock()
		g := l.gauges[r.Gauge]
		l.mu.Unlock()
		if g != nil {
			g.deliver(r.Level)
		}
	}
}

func (l *Link) unplug(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.gauges, id)
}

type Gauge struct {
	id     int
	link   *Link
	levels chan float64
	once   sync.Once
	gone   chan struct{}
}

func (g *Gauge) Level() (float64, bool) {
	select {
	case v := <-g.levels:
		return v, true
	case <-g.gone:
		return 0, false
	case <-g.link.down:
		return 0, false
	}
}

func (g *Gauge) Close() {
	g.once.Do(func() {
		close(g.gone)
		g.link.unplug(g.id)
	})
}

func (g *Gauge) deliver(v float64) {
${deliver}
}
`;
}

describe('concurrency: what clients are given', () => {
  it('a hook that is called under the lock when a function of a client gives back what it has got', async () => {
    const under = '\ty.mu.Lock()\n\tdefer y.mu.Unlock()\n\ty.slots++\n\tfor _, fn := range y.hooks {\n\t\tfn()\n\t}';
    const after =
      '\ty.mu.Lock()\n\ty.slots++\n\thooks := y.hooks\n\ty.mu.Unlock()\n\tfor _, fn := range hooks {\n\t\tfn()\n\t}';
    deepStrictEqual(await found(yard(under)), ['double-lock y.mu.Lock()', 'lock-order d.mu.Lock()']);
    deepStrictEqual(await found(yard(after)), []);
  });

  it('who has closed what it was given does not read from it any more', async () => {
    deepStrictEqual(await found(link('\tg.levels <- v')), ['producer-outlives-consumer g.levels <- v']);
    deepStrictEqual(
      await found(link('\tselect {\n\tcase g.levels <- v:\n\tcase <-g.gone:\n\tcase <-g.link.down:\n\t}')),
      [],
    );
  });

  it('numbers that calls of somebody else give are different ones where they are keys', async () => {
    const desk = (store: string): string => `type Registry interface {
	Next() (int, error)
}

type Desk struct {
	registry Registry
	mu       sync.Mutex
	open     map[int]*file
	wg       sync.WaitGroup
}

type file struct{ closed chan struct{} }

func NewDesk(r Registry) *Desk { return &Desk{registry: r, open: make(map[int]*file)} }

func (d *Desk) Open(shelf int) error {
	id, err := d.registry.Next()
	if err != nil {
		return err
	}
	f := &file{closed: make(chan struct{})}
	d.mu.Lock()
${store}
	d.wg.Add(1)
	d.mu.Unlock()
	go func() {
		defer d.wg.Done()
		<-f.closed
	}()
	return nil
}

func (d *Desk) Close() {
	d.mu.Lock()
	for id, f := range d.open {
		close(f.closed)
		delete(d.open, id)
	}
	d.mu.Unlock()
	d.wg.Wait()
}
`;
    const certain = async (store: string): Promise<string[]> =>
      (await found(desk(store))).filter((leak) => !leak.includes('?'));
    deepStrictEqual(await certain('	d.open[id] = f'), []);
    // What a caller gives may be the same twice.
    deepStrictEqual(await certain('	_ = id\n	d.open[shelf] = f'), ['receive-without-sender <-f.closed']);
  });
});
