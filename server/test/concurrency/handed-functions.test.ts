/** What callers do with functions that a value gives them, as a result or as an argument of their own functions. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> => toldLeaks(`package p\n\nimport "sync"\n\n${code}`);

/** A bath in which swimmers are counted until they leave; it is drained when it is empty. */
const bath = (leave: string): string => `type Bath struct {
	mu      sync.Mutex
	drained bool
	inside  sync.WaitGroup
}

func NewBath() *Bath {
	return &Bath{}
}

func (b *Bath) Enter() (leave func(), ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.drained {
		return nil, false
	}
	b.inside.Add(1)
	var once sync.Once
	return func() {
		once.Do(func() {
${leave}
		})
	}, true
}

func (b *Bath) Drain() {
	b.mu.Lock()
	b.drained = true
	b.mu.Unlock()
	b.inside.Wait()
}
`;

/** Parcels wait at a desk, whose visitors are given a function that stamps theirs. */
const desk = (stamp: string): string => `type parcel struct {
	seal    chan string
	stamped bool
}

type Desk struct {
	mu   sync.Mutex
	next []*parcel
}

func NewDesk() *Desk {
	return &Desk{}
}

func (d *Desk) Bring(visit func(stamp func(seal string))) string {
	p := &parcel{seal: make(chan string, 1)}
	d.mu.Lock()
	d.next = append(d.next, p)
	d.mu.Unlock()
	visit(func(seal string) {
		d.mu.Lock()
		defer d.mu.Unlock()
${stamp}
	})
	return <-p.seal
}
`;

/** Guests of an inn are rung for by what hooks are called with. */
const inn = (ring: string): string => `type Bell struct {
	rung chan struct{}
	mute bool
	once sync.Once
}

func (b *Bell) Ring() {
${ring}
}

type Porter interface {
	Arrive(b *Bell)
}

type Inn struct {
	porter Porter
}

func NewInn(p Porter) *Inn {
	return &Inn{porter: p}
}

func (i *Inn) Knock() {
	b := &Bell{rung: make(chan struct{}), mute: true}
	i.porter.Arrive(b)
	<-b.rung
}
`;

/** Readers of a ticker tape are served by a goroutine, which they tell when they leave. */
const tape = (leave: string): string => `type Tape struct {
	join  chan chan string
	leave chan chan string
	torn  chan struct{}
	once  sync.Once
}

func NewTape() *Tape {
	t := &Tape{join: make(chan chan string), leave: make(chan chan string), torn: make(chan struct{})}
	go t.run()
	return t
}

func (t *Tape) run() {
	readers := map[chan string]bool{}
	for {
		select {
		case r := <-t.join:
			readers[r] = true
		case r := <-t.leave:
			delete(readers, r)
		case <-t.torn:
			return
		}
	}
}

func (t *Tape) Read() (stop func()) {
	r := make(chan string, 1)
	select {
	case t.join <- r:
	case <-t.torn:
	}
	return func() {
${leave}
	}
}

func (t *Tape) Tear() {
	t.once.Do(func() { close(t.torn) })
}
`;

describe('functions that clients are given', () => {
  it('may let go of what a call has taken', async () => {
    deepStrictEqual(await found(bath('\t\t\tb.inside.Done()')), []);
    const skips = bath(
      '\t\t\tb.mu.Lock()\n\t\t\tdefer b.mu.Unlock()\n\t\t\tif !b.drained {\n\t\t\t\tb.inside.Done()\n\t\t\t}',
    );
    deepStrictEqual(await found(skips), ['waitgroup-missing-done b.inside.Wait()']);
  });

  it('may be called by a function of the client', async () => {
    const gives = '\t\tif !p.stamped {\n\t\t\tp.stamped = true\n\t\t\tp.seal <- seal\n\t\t}';
    deepStrictEqual(await found(desk(gives)), []);
    const skips = '\t\tif p.stamped {\n\t\t\tp.seal <- seal\n\t\t}';
    deepStrictEqual(await found(desk(skips)), ['receive-without-sender return <-p.seal']);
  });

  it('are methods of what a method of the client is given', async () => {
    deepStrictEqual(await found(inn('\tb.once.Do(func() { close(b.rung) })')), []);
    const muted = inn('\tif b.mute {\n\t\treturn\n\t}\n\tb.once.Do(func() { close(b.rung) })');
    deepStrictEqual(await found(muted), ['receive-without-sender <-b.rung']);
  });

  it('may be called after the value has been ended', async () => {
    deepStrictEqual(await found(tape('\t\tt.leave <- r')), ['abandoned-send t.leave <- r']);
    const asks = '\t\tselect {\n\t\tcase t.leave <- r:\n\t\tcase <-t.torn:\n\t\t}';
    deepStrictEqual(await found(tape(asks)), []);
  });
});
