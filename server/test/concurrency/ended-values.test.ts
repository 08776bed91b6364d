/** What goes on when a client has ended a value: who was given its channels stops to receive at some time. */
import { deepStrictEqual } from 'node:assert';
import { toldLeaks } from './told-leaks.ts';

/** A gauge that is read now and then; its levels come by a channel. */
const gauge = (send: string, end = ''): string => `package p

import (
	"sync"
	"time"
)

type Meter interface {
	Level() int
}

type Gauge struct {
	meter  Meter
	levels chan int
	quit   chan struct{}
	once   sync.Once
}

func NewGauge(m Meter, every time.Duration) *Gauge {
	g := &Gauge{meter: m, levels: make(chan int), quit: make(chan struct{})}
	go g.watch(every)
	return g
}

func (g *Gauge) Levels() <-chan int { return g.levels }

func (g *Gauge) watch(every time.Duration) {
	${end}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-g.quit:
			return
		}
		${send}
	}
}

func (g *Gauge) Close() {
	g.once.Do(func() { close(g.quit) })
}
`;

const ASKS = 'select {\n\t\tcase g.levels <- g.meter.Level():\n\t\tcase <-g.quit:\n\t\t\treturn\n\t\t}';

describe('values that have been ended', () => {
  it('leave who sends to those that have been given a channel which is never closed', async () => {
    deepStrictEqual(await toldLeaks(gauge('g.levels <- g.meter.Level()')), [
      'producer-outlives-consumer g.levels <- g.meter.Level()',
    ]);
    deepStrictEqual(await toldLeaks(gauge(ASKS)), []);
  });

  it('may have a client that receives until the channel is closed', async () => {
    deepStrictEqual(await toldLeaks(gauge('g.levels <- g.meter.Level()', 'defer close(g.levels)')), []);
  });
});
