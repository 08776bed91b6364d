/** What waits with a lock held that the one who could end the wait needs first, in helpers and embedded structs. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const found = (code: string): Promise<string[]> =>
  toldLeaks(`package p\n\nimport (\n\t"errors"\n\t"fmt"\n\t"sync"\n\t"time"\n)\n\n${code}`);

describe('concurrency: waits with a lock held', () => {
  it('wait for credit that only comes with the lock that the one who waits holds', async () => {
    const hose = (wait: string): string => `type Hose struct {
	nozzle interface{ Spray(drops []byte) error }

	mu       sync.Mutex
	pressure int
	burst    bool

	more chan struct{}
	gone chan struct{}
}

func NewHose(nozzle interface{ Spray(drops []byte) error }, pressure int) *Hose {
	return &Hose{nozzle: nozzle, pressure: pressure, more: make(chan struct{}, 1), gone: make(chan struct{})}
}

func (h *Hose) await(want int) int {
	for h.pressure <= 0 && !h.burst {
${wait}
	}
	n := min(want, h.pressure)
	h.pressure -= n
	return n
}

func (h *Hose) Pour(drops []byte) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for len(drops) > 0 && !h.burst {
		n := h.await(len(drops))
		if err := h.nozzle.Spray(drops[:n]); err != nil {
			return err
		}
		drops = drops[n:]
	}
	return nil
}

func (h *Hose) Pump(by int) {
	h.mu.Lock()
	h.pressure += by
	h.mu.Unlock()
	select {
	case h.more <- struct{}{}:
	default:
	}
}

func (h *Hose) Burst() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.burst {
		h.burst = true
		close(h.gone)
	}
}
`;
    const select = `		select {
		case <-h.more:
		case <-h.gone:
		}`;
    deepStrictEqual(await found(hose(select)), ['blocking-under-lock select {']);
    deepStrictEqual(await found(hose(`		h.mu.Unlock()\n${select}\n		h.mu.Lock()`)), []);
  });

  it('stop what waits for the lock in a method that an embedded struct was given', async () => {
    const gate = (stop: string): string => `type rounds struct {
	mu   sync.Mutex
	quit chan struct{}
	done chan struct{}
}

func (r *rounds) begin(every time.Duration, walk func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.quit != nil {
		return
	}
	r.quit, r.done = make(chan struct{}), make(chan struct{})
	go func(quit, done chan struct{}) {
		defer close(done)
		t := time.NewTicker(every)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				walk()
			case <-quit:
				return
			}
		}
	}(r.quit, r.done)
}

func (r *rounds) end() {
${stop}
}

type Guard struct {
	rounds
	seen map[string]bool
}

func NewGuard() *Guard { return &Guard{seen: make(map[string]bool)} }

func (g *Guard) Start(every time.Duration) { g.begin(every, g.look) }

func (g *Guard) Stop() { g.end() }

func (g *Guard) look() {
	g.mu.Lock()
	defer g.mu.Unlock()
	clear(g.seen)
}

func (g *Guard) See(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seen[name] = true
}
`;
    const held = `	r.mu.Lock()
	defer r.mu.Unlock()
	if r.quit != nil {
		close(r.quit)
		<-r.done
		r.quit = nil
	}`;
    const free = `	r.mu.Lock()
	quit, done := r.quit, r.done
	r.quit = nil
	r.mu.Unlock()
	if quit != nil {
		close(quit)
		<-done
	}`;
    deepStrictEqual(await found(gate(held)), ['blocking-under-lock <-r.done']);
    deepStrictEqual(await found(gate(free)), []);
  });

  it('wait for the group that the goroutine itself is in, whatever has led there', async () => {
    const mill = (broken: string): string => `var ErrCracked = errors.New("cracked")

type Stone interface{ Grind() error }

type Mill struct {
	stone Stone
	sacks chan int
	quit  chan struct{}
	once  sync.Once
	wg    sync.WaitGroup
}

func NewMill(s Stone) *Mill {
	m := &Mill{stone: s, sacks: make(chan int), quit: make(chan struct{})}
	m.wg.Add(1)
	go m.turn()
	return m
}

func (m *Mill) turn() {
	defer m.wg.Done()
	for {
		select {
		case <-m.quit:
			return
		case <-m.sacks:
			if errors.Is(m.grind(), ErrCracked) {
				${broken}
			}
		}
	}
}

func (m *Mill) Fill(sack int) {
	select {
	case m.sacks <- sack:
	case <-m.quit:
	}
}

func (m *Mill) grind() error {
	if err := m.stone.Grind(); err != nil {
		return fmt.Errorf("grinding: %w", err)
	}
	return nil
}

func (m *Mill) halt() { m.once.Do(func() { close(m.quit) }) }

func (m *Mill) Stop() {
	m.halt()
	m.wg.Wait()
}
`;
    deepStrictEqual(await found(mill('m.Stop()')), ['waitgroup-missing-done m.wg.Wait()']);
    deepStrictEqual(await found(mill('m.halt()')), []);
  });
});
