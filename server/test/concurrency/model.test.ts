/**
 * What exploring small programs finds. A line that ends in `// leak: RULE` is one where the model has to find that; nothing
 * else may be found.
 */
import { deepStrictEqual, ok } from 'node:assert';
import type { Leak } from '../../src/concurrency/model/leaks.ts';
import { Model, modelOf } from '../../src/concurrency/model/model.ts';
import { packageOf } from '../support/analysis.ts';
import { BLOCKED_CHANNELS, type Shape } from './blocked-channel-shapes.ts';
import { BLOCKED_SYNC } from './blocked-sync-shapes.ts';
import { BLOCKED_GUARDS, SILENT_GUARDS } from './guard-shapes.ts';
import { BLOCKED_ITERATORS, SILENT_ITERATORS } from './iterator-shapes.ts';
import { SILENT_CHANNELS } from './silent-channel-shapes.ts';
import { SILENT_SYNC } from './silent-sync-shapes.ts';

const BLOCKED = [...BLOCKED_CHANNELS, ...BLOCKED_SYNC, ...BLOCKED_ITERATORS, ...BLOCKED_GUARDS];
const SILENT = [...SILENT_CHANNELS, ...SILENT_SYNC, ...SILENT_ITERATORS, ...SILENT_GUARDS];

const HEADER = `package p

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

`;

async function leaksOf(code: string): Promise<readonly Leak[]> {
  const { analysis, pkg } = await packageOf({ 'a.go': code });
  const [file] = pkg.files;
  ok(file);
  return modelOf(analysis).leaks(pkg, file);
}

/** `12 rule`, in the order of lines. */
function told(leaks: readonly Leak[]): string[] {
  const lines = leaks.map(({ rule, site: { unit, node } }) => {
    const { line } = unit.file.lines.position(unit.base + node.start);
    return { line: line + 1, rule };
  });
  return lines.sort((a, b) => a.line - b.line).map(({ line, rule }) => `${line} ${rule}`);
}

/** What the marks in the code ask for. */
function wanted(code: string): string[] {
  return code.split('\n').flatMap((text, n) => {
    const mark = /\/\/ leak: ([\w-]+)$/.exec(text);
    return mark ? [`${n + 1} ${mark[1] as string}`] : [];
  });
}

function check(shapes: readonly Shape[]): void {
  for (const { title, code } of shapes)
    it(title, async () => deepStrictEqual(told(await leaksOf(HEADER + code)), wanted(HEADER + code)));
}

describe('concurrency model', () => {
  describe('finds what is blocked for ever', () => check(BLOCKED));

  describe('is silent', () => check(SILENT));

  it('has shapes that are marked and shapes that are not', () => {
    for (const { title, code } of BLOCKED) ok(wanted(code).length > 0, title);
    for (const { title, code } of SILENT) deepStrictEqual(wanted(code), [], title);
  });

  it('gives the same answer twice', async () => {
    for (const { code } of BLOCKED) {
      const describe = ({ rule, name, site, steps }: Leak): unknown => [
        rule,
        name,
        site.node.start,
        steps.map((s) => [s.kind, s.site.unit.base + s.site.node.start]),
      ];
      const [first, second] = [await leaksOf(HEADER + code), await leaksOf(HEADER + code)];
      deepStrictEqual(first.map(describe), second.map(describe));
    }
  });

  it('ends every story at the operation that is blocked', async () => {
    for (const { title, code } of BLOCKED)
      for (const { steps, site, rule } of await leaksOf(HEADER + code)) {
        const last = steps.at(-1);
        deepStrictEqual(last?.kind, 'blocked', title);
        if (rule !== 'double-close' && rule !== 'send-after-close')
          deepStrictEqual(last?.site.node.start, site.node.start);
      }
  });

  describe('reads code that is not finished', () => {
    const whole = `func f() {
	ch := make(chan int)
	go func() {
		ch <- 1
	}()
	select {
	case n := <-ch:
		println(n)
	case <-time.After(1):
	}
}
`;
    it('wherever it breaks off', async () => {
      for (let end = 0; end < whole.length; end += 3) {
        const leaks = await leaksOf(HEADER + whole.slice(0, end));
        deepStrictEqual(told(leaks), [], whole.slice(0, end));
      }
    });

    it('beside code that is', async () => {
      const leaks = await leaksOf(`${HEADER}func broken() {
	ch := make(chan int)
	ch <- 1
	select {
	case <-

func fine() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
}
`);
      deepStrictEqual(
        leaks.map(({ rule, entry }) => [rule, entry.declaration.names[0]]),
        [['double-lock', 'fine']],
      );
    });

    it('that calls what does not parse', async () => {
      const leaks = await leaksOf(`${HEADER}func f() {
	ch := make(chan int)
	go feed(ch)
	<-ch
}

func feed(ch chan int) {
	if {
	ch <- 1
}
`);
      deepStrictEqual(told(leaks), []);
    });
  });

  describe('when there is too much to explore', () => {
    const crowd = `func f() {
	var a, b sync.Mutex
	ch := make(chan int, 3)
${'	go func() { a.Lock(); ch <- 1; a.Unlock(); b.Lock(); <-ch; b.Unlock(); a.Lock(); b.Lock(); b.Unlock(); a.Unlock() }()\n'.repeat(10)}}
`;
    it('says so', async () => {
      const { analysis, pkg, unit } = await packageOf({ 'a.go': HEADER + crowd });
      ok(pkg.files[0]);
      deepStrictEqual(new Model(analysis).explore(unit('f'))?.incomplete, true);
      deepStrictEqual(told(await leaksOf(HEADER + crowd)), []);
    });

    it('is silent about a goroutine more than it follows', async () => {
      const many = `func f() {
	done := make(chan bool)
${'	go func() { done <- true }()\n'.repeat(40)}	for range 40 {
		<-done
	}
}
`;
      deepStrictEqual(told(await leaksOf(HEADER + many)), []);
    });
  });
});
