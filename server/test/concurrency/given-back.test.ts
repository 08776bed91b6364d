/** What callers have got and give back: by methods of what they were given, or by functions. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"context"\n\t"sync"\n)\n\n${code}\nvar _ context.Context\n`);

/** A boat is brought back when all who have boarded it have left. */
const ferry = (last: string): string => `type boat struct {
	mu    sync.Mutex
	seats int
	empty chan struct{}
}

type Seat struct {
	b    *boat
	once sync.Once
}

func (s *Seat) Release() {
	s.once.Do(func() {
		s.b.mu.Lock()
		defer s.b.mu.Unlock()
		s.b.seats--
		if s.b.seats == ${last} {
			close(s.b.empty)
		}
	})
}

type Ferry struct {
	mu  sync.Mutex
	now *boat
}

func NewFerry() *Ferry {
	return &Ferry{}
}

func (f *Ferry) Board() *Seat {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		f.now = &boat{empty: make(chan struct{})}
		go f.wait(f.now)
	}
	f.now.mu.Lock()
	f.now.seats++
	f.now.mu.Unlock()
	return &Seat{b: f.now}
}

func (f *Ferry) wait(b *boat) {
	<-b.empty
	f.mu.Lock()
	f.now = nil
	f.mu.Unlock()
}
`;

/** Places at a table; who leaves hands the place on to the first in the line. */
const table = (gone: string): string => `type guest struct {
	name  string
	ready chan struct{}
}

type Table struct {
	mu    sync.Mutex
	free  int
	line  map[string]*guest
}

func NewTable(places int) *Table {
	if places < 1 {
		places = 1
	}
	return &Table{free: places, line: make(map[string]*guest)}
}

func (t *Table) Sit(ctx context.Context, name string) (func(), error) {
	t.mu.Lock()
	if t.free > 0 {
		t.free--
		t.mu.Unlock()
		return t.leaver(), nil
	}
	g := &guest{name: name, ready: make(chan struct{})}
	t.line[name] = g
	t.mu.Unlock()
	select {
	case <-g.ready:
		return t.leaver(), nil
	case <-ctx.Done():
		t.mu.Lock()
		defer t.mu.Unlock()
${gone}
		return nil, ctx.Err()
	}
}

func (t *Table) leaver() func() {
	var once sync.Once
	return func() {
		once.Do(func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.handOn()
		})
	}
}

func (t *Table) handOn() {
	for name, g := range t.line {
		delete(t.line, name)
		close(g.ready)
		return
	}
	t.free++
}
`;

/** Boats are lent, and whoever comes when none is left waits for one that somebody brings back. */
const boats = (gone: string): string => `type Boat interface{ Row() }

type Jetty struct {
	mu      sync.Mutex
	boats   []Boat
	waiting []chan Boat
}

func NewJetty(boats []Boat) *Jetty { return &Jetty{boats: boats} }

func (j *Jetty) Take(ctx context.Context) (Boat, error) {
	j.mu.Lock()
	if n := len(j.boats); n > 0 {
		b := j.boats[n-1]
		j.boats = j.boats[:n-1]
		j.mu.Unlock()
		return b, nil
	}
	w := make(chan Boat, 1)
	j.waiting = append(j.waiting, w)
	j.mu.Unlock()
	select {
	case b := <-w:
		return b, nil
	case <-ctx.Done():
${gone}
		return nil, ctx.Err()
	}
}

func (j *Jetty) forget(w chan Boat) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, x := range j.waiting {
		if x == w {
			j.waiting = append(j.waiting[:i], j.waiting[i+1:]...)
			return true
		}
	}
	return false
}

func (j *Jetty) Return(b Boat) {
	j.mu.Lock()
	if len(j.waiting) > 0 {
		w := j.waiting[0]
		j.waiting = j.waiting[1:]
		j.mu.Unlock()
		w <- b
		return
	}
	j.boats = append(j.boats, b)
	j.mu.Unlock()
}
`;

describe('what callers give back', () => {
  it('ends a wait when all of them have done so', async () => {
    deepStrictEqual(await found(ferry('0')), []);
  });

  it('ends nothing where the last one is not noticed', async () => {
    deepStrictEqual(await found(ferry('-1')), ['close-skipped <-b.empty']);
  });

  it('is lost when it comes to somebody who gives up', async () => {
    const leaks = await found(table('		delete(t.line, g.name)'));
    deepStrictEqual(
      leaks.map((l) => l.replace('?', '')),
      ['receive-without-sender select {'],
    );
  });

  it('is handed on by who gives up', async () => {
    const gone = '		if t.line[name] != g {\n			t.handOn()\n		}\n		delete(t.line, name)';
    deepStrictEqual(await found(table(gone)), []);
  });

  it('is lost in the buffer of somebody who gives up, whatever it is called', async () => {
    const leaks = await found(boats('		j.forget(w)'));
    deepStrictEqual(
      leaks.map((l) => l.replace('?', '')),
      ['receive-without-sender select {'],
    );
  });

  it('is taken out of the buffer again', async () => {
    deepStrictEqual(await found(boats('		if !j.forget(w) {\n			j.Return(<-w)\n		}')), []);
  });
});
