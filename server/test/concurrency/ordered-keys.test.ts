/** Locks by key, of which a client takes two: that the keys are put in order does not make them equal. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

const berths = (both: string): Promise<string[]> =>
  toldLeaks(`package p

import "sync"

type berth struct {
	mu    sync.Mutex
	ships int
}

type Pier struct {
	mu     sync.Mutex
	berths map[string]*berth
}

func NewPier() *Pier { return &Pier{berths: make(map[string]*berth)} }

func (p *Pier) Lock(at string) (cast func()) {
	p.mu.Lock()
	b, ok := p.berths[at]
	if !ok {
		b = &berth{}
		p.berths[at] = b
	}
	b.ships++
	p.mu.Unlock()

	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		p.mu.Lock()
		defer p.mu.Unlock()
		if b.ships--; b.ships == 0 {
			delete(p.berths, at)
		}
	}
}

func (p *Pier) LockBoth(a, b string) (cast func()) {
${both}
}
`);

const TAKEN_IN_TURN = `	first := p.Lock(a)
	second := p.Lock(b)
	return func() {
		second()
		first()
	}`;

describe('concurrency: locks by keys that are put in order', () => {
  it('are different where the keys were compared before they were swapped', async () => {
    const different = `	if a == b {
		return p.Lock(a)
	}
	if b < a {
		a, b = b, a
	}
${TAKEN_IN_TURN}`;
    deepStrictEqual(await berths(different), []);
  });

  it('are different for the smaller and the greater of two different keys', async () => {
    const ends = (test: string): string => `${test}	first := p.Lock(min(a, b))
	second := p.Lock(max(a, b))
	return func() {
		second()
		first()
	}`;
    deepStrictEqual(await berths(ends('	if a == b {\n		return p.Lock(a)\n	}\n')), []);
  });
});
