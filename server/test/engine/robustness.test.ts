/** Inputs nobody writes by hand: the engine must neither throw nor stall on any of them. */
import assert from 'node:assert/strict';
import type { Engine, EngineSettings, FileResult } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { loadWasm } from '../support/wasm.ts';

const SETTINGS: EngineSettings = { levels: {}, locale: 'en', includeGenerated: false, leaveTo: [] };
/** Milliseconds; far above what is needed, for machines under load, and far below what an unbounded search takes. */
const LIMIT = 8000;

const HEAD = 'package p\n\nimport (\n\t"context"\n\t"net/http"\n\t"sync"\n\t"time"\n)\n\n';

function repeat(n: number, piece: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => piece(i)).join('');
}

/** A file whose function `F` has the body given. */
function func(body: string, rest = ''): string {
  return `${HEAD}func F(ctx context.Context, ch chan int, mu *sync.Mutex, wg *sync.WaitGroup, err error, x int) error {\n${body}\nreturn nil\n}\n${rest}`;
}

function nested(n: number, open: string, inner: string, close: string): string {
  return open.repeat(n) + inner + close.repeat(n);
}

/** `f0` calls `f1` calls … calls `f<n>`, whose body is `last`. */
function chain(n: number, params: string, args: string, last: string): string {
  return `${repeat(n, (i) => `func f${i}(${params}) { f${i + 1}(${args}) }\n`)}func f${n}(${params}) { ${last} }\n`;
}

describe('robustness', function () {
  this.timeout(30_000);
  let engine: Engine;

  before(async () => {
    engine = await createEngine(await loadWasm());
  });

  function analyse(texts: Record<string, string>): FileResult[] {
    const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
    const started = performance.now();
    const results = engine.analyze({ files, importPath: 'example.com/p' }, SETTINGS);
    const ms = Math.round(performance.now() - started);
    for (const { path } of files) engine.forget(path);
    assert.deepEqual(
      results.flatMap((r) => r.notices).filter((n) => n.code === 'rule-failed'),
      [],
    );
    assert.ok(ms < LIMIT, `took ${ms} ms`);
    return results;
  }

  /** Rules that report, and codes of notices, for one file. */
  function outcome(text: string): { findings: string[]; notices: (string | undefined)[] } {
    const [result] = analyse({ 'a.go': text });
    assert.ok(result);
    return { findings: result.findings.map((f) => f.rule), notices: result.notices.map((n) => n.code) };
  }

  describe('the budget of work', () => {
    it('ends a rule that takes too much, keeps what was found and says so', () => {
      const { findings, notices } = outcome(func('ctx, _ = context.WithCancel(ctx)\n'.repeat(4000)));
      assert.ok(findings.length > 10 && findings.length < 4000, `${findings.length} findings`);
      assert.deepEqual(new Set(findings), new Set(['lost-cancel']));
      assert.deepEqual(notices, ['declaration-too-complex']);
    });

    it('is per declaration: others are looked at as ever', () => {
      const leak = 'func leak(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t_ = ctx\n}\n';
      const [result] = analyse({ 'a.go': func('ctx, _ = context.WithCancel(ctx)\n'.repeat(4000), leak) });
      const last = result?.findings.at(-1);
      assert.equal(last?.rule, 'lost-cancel');
      assert.ok((last?.range.start.line ?? 0) > 4000);
    });

    it('is far from used up by long functions of an ordinary kind', () => {
      const body = repeat(
        100,
        (i) =>
          `c${i}, cancel${i} := context.WithTimeout(ctx, time.Second)\ndefer cancel${i}()\nmu.Lock()\nif err != nil {\nmu.Unlock()\nreturn err\n}\nmu.Unlock()\n_ = c${i}\n`,
      );
      assert.deepEqual(outcome(func(body)), { findings: [], notices: [] });
    });

    it('says the same each time', () => {
      const text = func(repeat(800, () => 'mu.Lock()\nif err != nil { mu.Unlock(); return err }\nmu.Unlock()\n'));
      assert.deepEqual(outcome(text), outcome(text));
    });
  });

  describe('long functions', () => {
    const bodies: Record<string, string> = {
      'locks taken and released': repeat(
        1000,
        () => 'mu.Lock()\nif err != nil { mu.Unlock(); return err }\nmu.Unlock()\n',
      ),
      'early returns': `_, k := context.WithCancel(ctx)\n${'if err != nil { return err }\n'.repeat(3000)}k()\n`,
      'conditions tested again': `${repeat(400, (i) => `_, k${i} := context.WithCancel(ctx)\nif a.b${i} { x++ }\n`)}${repeat(400, (i) => `if a.b${i} { k${i}() }\n`)}`,
      'goroutines that send': repeat(
        1000,
        (i) =>
          `c${i} := make(chan int)\ngo func() { c${i} <- 1 }()\nselect { case <-c${i}: case <-ctx.Done(): return nil }\n`,
      ),
      'goroutines that count': 'wg.Add(1)\ngo func() { defer wg.Done(); if x > 0 { return }; x++ }()\n'.repeat(1500),
      'labels and gotos': repeat(
        1000,
        (i) => `L${i}: x++\nmu.Lock()\nif x > ${i} { goto L${(i * 37) % 1000} }\nmu.Unlock()\n`,
      ),
      'labelled loops': repeat(
        800,
        (i) => `L${i}: for { select { case <-ch: break L${i}\ncase <-ctx.Done(): break } }\n`,
      ),
      'a switch': `_, k := context.WithCancel(ctx)\nswitch x {\n${repeat(10_000, (i) => `case ${i}: x++\n`)}}\nk()\n`,
      'a chain of variables': `k0 := func() {}\n${repeat(4000, (i) => `k${i + 1} := k${i}\n`)}_, c := context.WithCancel(ctx)\ngo k4000()\nc()\n`,
      'a call with many arguments': `_, k := context.WithCancel(ctx)\nf(${'k, '.repeat(50_000)})\n`,
    };
    for (const [name, body] of Object.entries(bodies)) it(name, () => void outcome(func(body)));

    it('numbers that double in a loop', () => {
      const next = 'func (p *pool) next() error {\nif pick() > 3 { return fail() }\nreturn nil\n}\n';
      const work = `func (p *pool) work() error {\nleft, wait := pick(), pick()\nfor {\nif err := p.next(); err != nil {\nleft--\nif left <= 0 { return err }\ntime.Sleep(time.Duration(wait))\nwait += wait\ncontinue\n}\nreturn nil\n}\n}\n`;
      const body = `p := &pool{}\ndone := make(chan error)\ngo func() { done <- p.work() }()\nreturn <-done`;
      outcome(func(body, `func pick() int\nfunc fail() error\ntype pool struct { mu sync.Mutex }\n${next}${work}`));
    });

    it('an endless loop of thousands of blocks is still found', () => {
      const { findings } = outcome(func(`go func() { for {\n${'if x > 0 { x++ }\n'.repeat(6000)}} }()\n`));
      assert.deepEqual(findings, ['goroutine-never-exits']);
    });
  });

  describe('depth', () => {
    const inputs: Record<string, string> = {
      ifs: func(`_, k := context.WithCancel(ctx)\n${nested(500, 'if x > 0 {\n', 'k()\n', '}\n')}`),
      selects: func(nested(500, 'select { case <-ch:\n', 'ch <- 1\n', '}\n')),
      goroutines: func(nested(500, 'go func() {\n', 'ch <- 1\n', '}()\n')),
      'a sum': func(`go f()\nx = ${'x + '.repeat(50_000)}x\n`),
      parentheses: func(`go f()\nx = ${nested(50_000, '(', 'x', ')')}\n`),
      'calls of calls': func(`go f()\na${'.b()'.repeat(30_000)}\n`),
      'types that name each other': `${HEAD}type A = B\ntype B = A\ntype D D\ntype G[T any] struct { x *G[G[T]]; T }\ntype S struct { S }\ntype I interface { I; Lock() }\n${repeat(3000, (i) => `type T${i} struct { T${i + 1} }\n`)}func F(a A, d D, g G[int], s S, i I, t T0) { a.Lock(); d.Lock(); g${'.x'.repeat(300)}.Lock(); s.S.S.Lock(); i.Lock(); t.Lock() }\n`,
    };
    for (const [name, text] of Object.entries(inputs)) it(name, () => void outcome(text));

    it('a function that never returns is known through thousands of calls', () => {
      const text = func(
        '_, k := context.WithCancel(ctx)\nif x > 0 { f0(); return nil }\nk()\n',
        chain(5000, '', '', 'panic(1)'),
      );
      assert.deepEqual(outcome(text).findings, []);
    });

    it('a cancel function handed down thousands of calls counts as handed off', () => {
      const text = func('_, k := context.WithCancel(ctx)\nf0(k)\n', chain(5000, 'k func()', 'k', 'k()'));
      assert.deepEqual(outcome(text).findings, []);
    });

    it('locks, contexts and goroutines handed down', () => {
      outcome(func('mu.Lock()\nf0(mu)\n', chain(5000, 'm *sync.Mutex', 'm', 'm.Unlock()')));
      outcome(func('go f0(ch)\n', chain(5000, 'c chan int', 'c', 'for { c <- 1 }')));
      outcome(
        func(
          'resp, _ := f0()\n_ = resp\n',
          `${repeat(3000, (i) => `func f${i}() (*http.Response, error) { return f${i + 1}() }\n`)}func f3000() (*http.Response, error) { return http.Get("x") }\n`,
        ),
      );
    });
  });

  describe('packages', () => {
    it('methods that call each other in thousands', () => {
      const methods = repeat(
        2000,
        (i) =>
          `func (t *T) m${i}() { t.mu.Lock(); t.m${(i + 1) % 2000}(); t.wg.Add(1); go t.m${(i * 7) % 2000}(); t.wg.Wait() }\n`,
      );
      outcome(`${HEAD}type T struct { mu sync.Mutex; wg sync.WaitGroup }\n${methods}`);
    });

    it('contexts made in a call chain of thousands', () => {
      const text = `${HEAD}${repeat(2000, (i) => `func f${i}(c context.Context) { x.Do(c); f${i + 1}(context.Background()) }\n`)}func f2000(c context.Context) { <-c.Done() }\nvar x interface{ Do(context.Context) }\n`;
      const { findings } = outcome(text);
      assert.equal(findings.filter((f) => f === 'context-not-propagated').length, 2000);
    });

    it('a thousand files', () => {
      const file = (i: number): string =>
        `package p\nimport "context"\nfunc f${i}(c context.Context) { go f${(i + 1) % 1000}(c); _, k := context.WithCancel(c); if c.Err() != nil { return }; k() }\n`;
      const results = analyse(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}.go`, file(i)])));
      assert.equal(results.flatMap((r) => r.findings).filter((f) => f.rule === 'lost-cancel').length, 1000);
    });
  });

  describe('text', () => {
    const MB5 = 5 * 1024 * 1024;
    const inputs: Record<string, string> = {
      'five million braces': '{'.repeat(MB5),
      'five million parentheses in a function': `package p\nfunc f() { go ${'('.repeat(MB5)}`,
      'five million backticks': '`'.repeat(MB5 + 1),
      'NUL bytes': `package p\nfunc f() { go x() }\n${'\0'.repeat(MB5)}`,
      'NUL bytes in a function': func('_, k := context.WithCancel(ctx)\0\n'.repeat(3000)),
      'lone surrogates': func('c\ud800, k := context.WithCancel(ctx) // \udc00\ud800\n'.repeat(2000)),
      'open headers': `package p\n${'func (f'.repeat(300_000)}`,
      'open functions': `package p\n${'func f() { go x(\n'.repeat(10_000)}`,
      'broken statements': `package p\nfunc f() { go ${repeat(20_000, (i) => `${'}{)(];[:=<-'[(i * 7919) % 11]} `)}}`,
      'one line': `package p; import "context"; ${repeat(20_000, (i) => `func f${i}(p context.Context) { go x() }; `)}`,
    };
    for (const [name, text] of Object.entries(inputs)) it(name, () => void outcome(text));
  });

  it('comments that silence, in tens of thousands', () => {
    const comments = '//hygiene:ignore lost-cancel tested\n'.repeat(30_000);
    const text = `${HEAD}${comments}func F(ctx context.Context) { _, _ = context.WithCancel(ctx) }\n`;
    const [result] = analyse({ 'a.go': text });
    assert.deepEqual(
      result?.findings.map((f) => f.suppressed?.reason),
      ['tested'],
    );
    analyse({ 'a.go': HEAD + repeat(10_000, (i) => `//hygiene:ignore lost-cancel x\nfunc f${i}() { go x() }\n`) });
  });
});
