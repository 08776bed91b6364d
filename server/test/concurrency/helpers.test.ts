/** What shows only to who sees several functions together: those that start, send and wait by helpers of their own and other types. */
import { deepStrictEqual } from 'node:assert';
import { modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';

/** A method starts the goroutine, another one goes through what it sends. */
const SURVEY = `package p

type Station interface{ Read(from int) ([]int, error) }

type readings struct {
	values chan int
	over   chan struct{}
	err    error
}

type Survey struct{ Check func(int) error }

func (s *Survey) read(from Station) *readings {
	r := &readings{values: make(chan int), over: make(chan struct{})}
	go r.fill(from)
	return r
}

func (r *readings) fill(from Station) {
	defer close(r.values)
	for at := 0; ; {
		values, err := from.Read(at)
		if err != nil || len(values) == 0 {
			r.err = err
			return
		}
		for _, v := range values {
			select {
			case r.values <- v:
			case <-r.over:
				return
			}
		}
		at += len(values)
	}
}

func (s *Survey) Sum(from Station) (int, error) {
	r := s.read(from)
	defer close(r.over)
	sum := 0
	for v := range r.values {
		if err := s.Check(v); err != nil {
			return sum, err
		}
		sum += v
	}
	return sum, r.err
}
`;

/** A function that gives a value with its goroutine, and one that goes through what that sends. */
const LOG = `package p

type Line struct{ Text string }

type Source interface{ Next() (Line, bool, error) }

type follower struct {
	lines chan Line
	err   error
}

func follow(from Source) *follower {
	f := &follower{lines: make(chan Line, 8)}
	go f.run(from)
	return f
}

func (f *follower) run(from Source) {
	defer close(f.lines)
	for {
		line, more, err := from.Next()
		if err != nil {
			f.err = err
			return
		}
		if !more {
			return
		}
		f.lines <- line
	}
}

func Words(from Source) (int, error) {
	f := follow(from)
	count := 0
	for line := range f.lines {
		count += len(line.Text)
	}
	return count, f.err
}
`;

/** Guests wait for a table until they lose patience; whoever leaves gives theirs to the next, by a method of the guest. */
const TABLES = `package p

import (
	"errors"
	"sync"
	"time"
)

type guest struct {
	seat chan int
	left chan struct{}
}

type Tables struct {
	mu     sync.Mutex
	free   []int
	guests []*guest
}

func New(tables ...int) *Tables { return &Tables{free: tables} }

func (t *Tables) Sit(patience time.Duration) (int, error) {
	t.mu.Lock()
	if n := len(t.free); n > 0 {
		table := t.free[n-1]
		t.free = t.free[:n-1]
		t.mu.Unlock()
		return table, nil
	}
	g := &guest{seat: make(chan int), left: make(chan struct{})}
	t.guests = append(t.guests, g)
	t.mu.Unlock()
	defer close(g.left)
	select {
	case table := <-g.seat:
		return table, nil
	case <-time.After(patience):
		return 0, errors.New("nothing free")
	}
}

func (t *Tables) Rise(table int) {
	for {
		t.mu.Lock()
		if len(t.guests) == 0 {
			t.free = append(t.free, table)
			t.mu.Unlock()
			return
		}
		g := t.guests[0]
		t.guests = t.guests[1:]
		t.mu.Unlock()
		if g.lead(table) {
			return
		}
	}
}

func (g *guest) lead(to int) bool {
	select {
	case g.seat <- to:
		return true
	case <-g.left:
		return false
	}
}
`;

const ASKS_FIRST = `	select {
	case <-g.left:
		return false
	default:
	}
	g.seat <- to
	return true
`;

async function leaksIn(text: string): Promise<string[]> {
  const { analysis, pkg } = await packageOf({ 'a.go': text });
  const [file] = pkg.files;
  return file
    ? modelOf(analysis)
        .leaks(pkg, file)
        .map(({ rule, uncertain }) => (uncertain ? `${rule} (uncertain)` : rule))
    : [];
}

describe('functions with helpers', () => {
  it('end what a method has started for them', async () => deepStrictEqual(await leaksIn(SURVEY), []));

  it('go through what a method has started to send, and leave', async () =>
    deepStrictEqual(await leaksIn(SURVEY.replace('\tdefer close(r.over)\n', '')), ['producer-outlives-consumer']));

  it('go through all that is sent', async () => deepStrictEqual(await leaksIn(LOG), []));

  it('wait for an end that an error skips', async () =>
    deepStrictEqual(
      await leaksIn(LOG.replace('\tdefer close(f.lines)\n', '').replace('!more {', '!more {\n\t\t\tclose(f.lines)')),
      ['close-skipped'],
    ));

  it('hand over to who may have left', async () => deepStrictEqual(await leaksIn(TABLES), []));

  it('hand over to who leaves after the question', async () =>
    deepStrictEqual(await leaksIn(TABLES.replace(/\tselect \{\n\tcase g\.seat[^}]*\}\n/, ASKS_FIRST)), [
      'abandoned-send',
    ]));
});
