/** What a package does with goroutines and channels of others of the workspace, which it follows. */
import assert from 'node:assert/strict';
import type { PackageInput } from '../../src/engine/api.ts';
import { engineWith, SETTINGS, summary, Workspace } from './support.ts';

const ROWING = `package rowing

type Crew struct{ times chan int }

// Row has the crew row; the time comes when it is back.
func Row(strokes int) *Crew {
	c := &Crew{times: make(chan int)}
	go c.row(strokes)
	return c
}

func (c *Crew) row(strokes int) { c.times <- strokes }

func (c *Crew) Time() <-chan int { return c.times }

// Laps gives the times of all laps.
func Laps(all []int) <-chan int {
	laps := make(chan int)
	go func() {
		defer close(laps)
		for _, lap := range all {
			laps <- lap
		}
	}()
	return laps
}
`;

const REGATTA = `package regatta

import (
	"errors"
	"time"

	"example.com/rowing"
)

func Race(limit time.Duration) (int, error) {
	crew := rowing.Row(20)
	select {
	case t := <-crew.Time():
		return t, nil
	case <-time.After(limit):
		return 0, errors.New("not back yet")
	}
}
`;

const JURY = `package jury

import "example.com/rowing"

func Slow(all []int, limit int) bool {
	for lap := range rowing.Laps(all) {
		if lap > limit {
			return true
		}
	}
	return false
}
`;

const BAKERY = `package bakery

import "context"

type Order struct {
	Cake string
	Done chan<- error
}

type Oven struct {
	orders chan Order
	cold   chan struct{}
}

func Heat() *Oven {
	o := &Oven{orders: make(chan Order), cold: make(chan struct{})}
	go o.bake()
	return o
}

func (o *Oven) Put(ctx context.Context, order Order) error {
	select {
	case o.orders <- order:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (o *Oven) Cool() { close(o.cold) }

func (o *Oven) bake() {
	for {
		select {
		case order := <-o.orders:
			order.Done <- nil
		case <-o.cold:
			return
		}
	}
}
`;

/** Its oven comes from another package, and whoever made it has it, too. */
const SHOP = `package shop

import (
	"context"
	"time"

	"example.com/bakery"
)

type Counter struct {
	Oven  *bakery.Oven
	Limit time.Duration
}

func (c *Counter) Sell(ctx context.Context, cake string) error {
	ctx, cancel := context.WithTimeout(ctx, c.Limit)
	defer cancel()
	done := make(chan error)
	if err := c.Oven.Put(ctx, bakery.Order{Cake: cake, Done: done}); err != nil {
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
`;

const input = (text: string, workspace: Workspace): PackageInput => ({
  files: [{ path: '/ws/own/own.go', text }],
  importPath: 'example.com/own',
  goVersion: '1.22',
  imports: workspace,
});

async function findings(text: string, other: string): Promise<string[]> {
  const engine = await engineWith();
  const [result] = engine.analyze(input(text, new Workspace({ 'example.com/rowing': other })), SETTINGS);
  return summary(result);
}

describe('packages that others of the workspace work for', () => {
  it('show where they leave a goroutine of another one behind', async () => {
    assert.deepEqual(await findings(REGATTA, ROWING), ['10 abandoned-send']);
  });

  it('are silent when the other one leaves room', async () => {
    assert.deepEqual(await findings(REGATTA, ROWING.replace('times: make(chan int)', 'times: make(chan int, 1)')), []);
  });

  it('show it where nothing but a loop tells of a channel', async () => {
    assert.deepEqual(await findings(JURY, ROWING), ['5 producer-outlives-consumer']);
  });

  it('do not tell what the other one does by itself', async () => {
    const other = ROWING.replace(
      'times: make(chan int)}',
      'times: make(chan int, 1)}\n\tlost := make(chan bool)\n\tgo func() { lost <- true }()',
    );
    assert.deepEqual(await findings(REGATTA, other), []);
  });

  it('make what a client puts into a field', async () => {
    const told = async (text: string): Promise<string[]> => {
      const engine = await engineWith();
      const [result] = engine.analyze(input(text, new Workspace({ 'example.com/bakery': BAKERY })), SETTINGS);
      return summary(result);
    };
    assert.deepEqual(await told(SHOP), ['19 abandoned-send']);
    assert.deepEqual(await told(SHOP.replace('make(chan error)', 'make(chan error, 1)')), []);
  });

  it('leave alone what is too large', async () => {
    const much = `${ROWING}\nvar names = []string{\n${'\t"to be looked at",\n'.repeat(2500)}}\n`;
    assert.deepEqual(await findings(REGATTA, much), []);
  });
});
