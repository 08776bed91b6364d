/** Values that several callers share: ending one of many, leaving a hub, and buffers that fill up again. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"context"\n\t"errors"\n\t"sync"\n\t"time"\n)\n\n${code}`);

/** Whoever has a phone hangs it up; a switchboard rings those that are known. */
const switchboard = (ring: string): string => `type Line struct {
	name  string
	board *Board
	calls chan string
	over  chan struct{}
	once  sync.Once
}

type Wire interface{ Next() (line, caller string, err error) }

type Board struct {
	wire  Wire
	mu    sync.Mutex
	lines map[string]*Line
	done  chan struct{}
}

func NewBoard(w Wire, names ...string) *Board {
	b := &Board{wire: w, lines: make(map[string]*Line), done: make(chan struct{})}
	for _, n := range names {
		b.lines[n] = &Line{name: n, board: b, calls: make(chan string, 2), over: make(chan struct{})}
	}
	go b.ring()
	return b
}

func (b *Board) Line(name string) *Line {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines[name]
}

func (b *Board) ring() {
	defer close(b.done)
	for {
		name, caller, err := b.wire.Next()
		if err != nil {
			return
		}
		b.put(name, caller)
	}
}

func (b *Board) put(name, caller string) {
	b.mu.Lock()
${ring}
	select {
	case l.calls <- caller:
	case <-l.over:
	}
}

func (l *Line) Answer() string {
	select {
	case c := <-l.calls:
		return c
	case <-l.over:
	case <-l.board.done:
	}
	return ""
}

func (l *Line) HangUp() {
	l.board.mu.Lock()
	defer l.board.mu.Unlock()
	l.once.Do(func() {
		delete(l.board.lines, l.name)
		close(l.over)
	})
}
`;

describe('one of several values that another one has', () => {
  it('is ended, and somebody else may still end the others', async () => {
    const ring = '	l, ok := b.lines[name]\n	b.mu.Unlock()\n	if !ok {\n		return\n	}';
    deepStrictEqual(await found(switchboard(ring)), []);
  });

  it('is ended by nobody while the lock that this needs is held', async () => {
    const ring = '	defer b.mu.Unlock()\n	l, ok := b.lines[name]\n	if !ok {\n		return\n	}';
    deepStrictEqual(await found(switchboard(ring)), ['double-send select {']);
  });
});

/** Birds that are seen are told to everybody who watches. */
const watch = (tell: string): string => `type Watcher struct {
	Birds <-chan string
	birds chan string
}

type Hide struct {
	mu       sync.Mutex
	watchers map[*Watcher]bool
}

func NewHide() *Hide { return &Hide{watchers: make(map[*Watcher]bool)} }

func (h *Hide) Enter() *Watcher {
	birds := make(chan string, 8)
	w := &Watcher{Birds: birds, birds: birds}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[w] = true
	return w
}

func (h *Hide) Leave(w *Watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers, w)
}

func (h *Hide) See(bird string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watchers {
${tell}
	}
}
`;

describe('whoever leaves does not receive any more', () => {
  it('and cannot leave while somebody sends with the lock that this needs', async () => {
    deepStrictEqual(await found(watch('		w.birds <- bird')), ['blocking-under-lock w.birds <- bird']);
  });

  it('and leaves where nobody waits for a place', async () => {
    const tell = '		select {\n		case w.birds <- bird:\n		default:\n		}';
    deepStrictEqual(await found(watch(tell)), []);
  });
});

/** A kitchen tells of its dishes, and asks who they are for. */
const kitchen = (cook: string): string => `type Waiter interface{ Serve(guest, dish string) }

type Kitchen struct {
	waiter Waiter
	mu     sync.Mutex
	guests map[string]string
	dishes chan string
	closed chan struct{}
	once   sync.Once
	done   chan struct{}
}

func NewKitchen(w Waiter) *Kitchen {
	k := &Kitchen{
		waiter: w,
		guests: make(map[string]string),
		dishes: make(chan string, 12),
		closed: make(chan struct{}),
		done:   make(chan struct{}),
	}
	go k.serve()
	return k
}

func (k *Kitchen) Cook(dish, guest string) {
	k.mu.Lock()
	k.guests[dish] = guest
${cook}
}

func (k *Kitchen) put(dish string) {
	select {
	case k.dishes <- dish:
	case <-k.closed:
	}
}

func (k *Kitchen) guest(dish string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.guests[dish]
}

func (k *Kitchen) serve() {
	defer close(k.done)
	for {
		select {
		case dish := <-k.dishes:
			k.waiter.Serve(k.guest(dish), dish)
		case <-k.closed:
			return
		}
	}
}

func (k *Kitchen) Close() {
	k.mu.Lock()
	k.guests = nil
	k.mu.Unlock()
	k.once.Do(func() { close(k.closed) })
	<-k.done
}
`;

describe('a buffer that is full again after something was taken', () => {
  it('keeps who fills it from letting go of the lock that the receiver needs', async () => {
    deepStrictEqual(await found(kitchen('	k.put(dish)\n	k.mu.Unlock()')), ['blocking-under-lock select {']);
  });

  it('keeps nobody from anything where it is filled without the lock', async () => {
    deepStrictEqual(await found(kitchen('	k.mu.Unlock()\n	k.put(dish)')), []);
  });
});
