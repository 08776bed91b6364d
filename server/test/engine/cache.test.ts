import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GoFile } from '../../src/engine/api.ts';
import type { GoEngine } from '../../src/engine/engine.ts';
import { RULES } from '../../src/rules/registry.ts';
import { fixtureDirs } from '../rules/harness.ts';
import { engineWith, SETTINGS, summary, testRule } from './support.ts';

/** Levels that switch every rule on. */
const ALL = { ...SETTINGS, levels: Object.fromEntries(RULES.map((r) => [r.meta.id, 'warning' as const])) };

type Change = { at: number; remove: number; insert: string };

const SNIPPETS = [
  '',
  '\n',
  '}',
  '{',
  '"',
  '`',
  '/*',
  '//',
  'x',
  ' := ',
  '\treturn\n',
  '\tdefer cancel()\n',
  '\tgo f()\n',
  '\nfunc extra(ctx context.Context) {\n\tctx, cancel := context.WithCancel(ctx)\n}\n',
  '\nfunc init() { go func() { for { } }() }\n',
  '//hygiene:ignore lost-cancel why\n',
  '𝒳',
  '\r\n',
];

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 6, max: 200 })),
  insert: fc.constantFrom(...SNIPPETS),
});

function edited(text: string, { at, remove, insert }: Change): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

/** Everything an analysis says, for comparison. */
function said(engine: GoEngine, files: GoFile[]): string {
  const results = engine.analyze({ files, goVersion: '1.22', importPath: 'm/p' }, ALL);
  return JSON.stringify(results, undefined, 1);
}

describe('engine: cached declarations', function () {
  this.timeout(120_000);
  // One package of each group of rules is enough to meet all shapes of code.
  const packages = fixtureDirs().map(({ files }) => [...files].map(([path, text]) => ({ path, text })));

  for (const incremental of [false, true])
    it(`give the same as a fresh engine after any edits${incremental ? ', parsed incrementally' : ''}`, async () => {
      const engine = await engineWith(RULES, { incremental });
      await fc.assert(
        fc.asyncProperty(
          fc.nat(packages.length - 1),
          fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 4 }),
          async (p, changes) => {
            let files = packages[p]!;
            said(engine, files);
            for (const [which, c] of changes) {
              const i = which % files.length;
              files = files.map((f, n) => (n === i ? { ...f, text: edited(f.text, c) } : f));
              assert.equal(said(engine, files), said(await engineWith(), files));
            }
          },
        ),
        { numRuns: 25 },
      );
      for (const { path } of packages.flat()) engine.forget(path);
    });

  it('do not depend on which files are asked for, or in which order', async () => {
    for (const files of packages) {
      const whole = await engineWith();
      const all = whole.analyze({ files, goVersion: '1.22' }, ALL);
      const single = await engineWith();
      for (const { path } of [...files].reverse()) {
        const [alone] = single.analyze({ files, targets: [path], goVersion: '1.22' }, ALL);
        assert.deepEqual(
          alone,
          all.find((r) => r.path === path),
        );
      }
      const reversed = (await engineWith()).analyze({ files: [...files].reverse(), goVersion: '1.22' }, ALL);
      if (new Set(files.map((f) => /^package (\w+)/m.exec(f.text)?.[1])).size === 1) assert.deepEqual(reversed, all);
    }
  });

  const TEXT = 'package p\n\nfunc f() { leak() }\n\nfunc g() { leak() }\n';

  it('are parsed once while their text stays', async () => {
    const parsed: string[] = [];
    const engine = await engineWith([testRule('r')]);
    const count = (): number => {
      const { declarations } = engine as unknown as { declarations: { parseDeclaration(text: string): unknown } };
      const { parseDeclaration } = declarations;
      const before = parsed.length;
      declarations.parseDeclaration = function (text, ...rest: unknown[]) {
        parsed.push(text);
        return (parseDeclaration as (...a: unknown[]) => unknown).call(this, text, ...rest);
      };
      try {
        engine.analyze({ files: [{ path: 'a.go', text: TEXT }] }, SETTINGS);
      } finally {
        declarations.parseDeclaration = parseDeclaration;
      }
      return parsed.length - before;
    };
    assert.equal(count(), 2);
    assert.equal(count(), 0);
    engine.forget('a.go');
    assert.equal(count(), 2);
  });

  it('are not shared between files', async () => {
    const engine = await engineWith([testRule('r')]);
    const files = [
      { path: 'a.go', text: TEXT },
      { path: 'b.go', text: `// moved down\n\n${TEXT}` },
    ];
    assert.deepEqual(engine.analyze({ files }, SETTINGS).map(summary), [
      ['3 r', '5 r'],
      ['5 r', '7 r'],
    ]);
  });

  it('move with the text above them', async () => {
    const engine = await engineWith([testRule('r')]);
    const lines = (text: string): string[] => summary(engine.analyze({ files: [{ path: 'a.go', text }] }, SETTINGS)[0]);
    assert.deepEqual(lines(TEXT), ['3 r', '5 r']);
    assert.deepEqual(lines(TEXT.replace('package p\n', 'package p\n\nvar x int\n')), ['5 r', '7 r']);
    assert.deepEqual(lines(TEXT.replace('func f() { leak() }\n\n', '')), ['3 r']);
  });

  it('see what changed in another file', async () => {
    const engine = await engineWith();
    const get = 'func f() {\n\tr, err := http.Get("x")\n\tif err != nil {\n\t\treturn\n\t}\n\tdone(r)\n}\n';
    const lines = (body: string): string[] => {
      const files = [
        { path: 'a.go', text: `package p\n\nimport "net/http"\n\n${get}` },
        { path: 'b.go', text: `package p\n\nimport "net/http"\n\nfunc done(r *http.Response) { ${body} }\n` },
      ];
      return engine.analyze({ files, targets: ['a.go'] }, SETTINGS).flatMap(summary);
    };
    assert.deepEqual(lines('r.Body.Close()'), []);
    assert.deepEqual(lines('println(r.StatusCode)'), ['6 response-body-not-closed']);
    assert.deepEqual(lines('r.Body.Close()'), []);
  });

  it('keep to a budget when a file is edited for ever', async () => {
    const engine = await engineWith([testRule('r')]);
    const filler = `\t_ = "${'x'.repeat(100_000)}"\n`;
    for (let n = 0; n < 60; n++)
      engine.analyze(
        { files: [{ path: 'a.go', text: `package p\nfunc f() {\n\tleak(${n})\n${filler}}\n` }] },
        SETTINGS,
      );
    const { cache } = engine as unknown as { cache: Map<string, { trees: Map<string, unknown> }> };
    assert.ok(cache.get('a.go')!.trees.size < 30);
  });
});

describe('engine: hostile text', function () {
  this.timeout(120_000);
  const LAST = '\n\nfunc last() {\n\t_, cancel := context.WithCancel(context.Background())\n}\n';
  const START = 'package p\n\nimport "context"\n\nfunc f() {\n\tgo g()\n';
  const times = (text: string, n: number): string => text.repeat(n);
  const N = 10_000;

  for (const [title, body] of Object.entries({
    'a long sum': `\tx := 1${times(' + 1', N)}\n}`,
    'a long condition': `\tif a${times(' && b', N)} {\n\t}\n}`,
    parentheses: `\tx := ${times('(', N)}1${times(')', N)}\n}`,
    blocks: `${times('{', N)}${times('}', N)}\n}`,
    literals: `${times('func() {', N)}${times('}()', N)}\n}`,
    'a chain of calls': `\tx${times('.a()', N)}\n}`,
    'a chain of else': `\tif a {\n\t}${times(' else if a {\n\t}', N)}\n}`,
    pointers: `\tvar x ${times('*', N)}T\n}`,
    'many statements': `${times('\tx := <-c\n', N)}}`,
    'many early returns': `${times('\tif err != nil {\n\t\treturn\n\t}\n\tdefer x.Close()\n', 3000)}}`,
    'many declarations': `}\n${times('func a() { go b() }\n', N)}`,
  }))
    it(`copes with ${title}, and reports the function after it`, async () => {
      const engine = await engineWith();
      const started = performance.now();
      const [result] = engine.analyze({ files: [{ path: 'a.go', text: START + body + LAST }] }, SETTINGS);
      assert.equal(summary(result).filter((s) => s.endsWith('lost-cancel')).length, 1);
      assert.ok(performance.now() - started < 20_000);
    });

  for (const [title, text] of Object.entries({
    'one line of 5 MB': `package p; func f() { go g(); ${times('x = y + "string" + z[1]; ', 200_000)} }`,
    '5 MB of braces': `package p\nfunc f() { go g() \n${times('{(["`\'', 900_000)}`,
    '5 MB of closing braces': `package p\nfunc f() { go g() }\n${times('})]', 1_700_000)}`,
    '5 MB of words': `package p\n${times('func go chan context ', 250_000)}`,
    '5 MB of lines with quotes': `package p\n${times('go \'\n"\n', 700_000)}`,
    '5 MB of NUL': `package p\nfunc f() { go g() }\n${times('\0', 5_000_000)}`,
    '5 MB of suppressions': `package p\nfunc f() {\n${times('\tgo g() //nolint\n', 300_000)}}\n`,
    '5 MB of declarations': `package p\n${times('var x = 1\n', 500_000)}func f() { go g() }\n`,
  }))
    it(`takes ${title} in a few seconds`, async () => {
      const engine = await engineWith();
      const started = performance.now();
      const results = engine.analyze({ files: [{ path: 'a.go', text }] }, SETTINGS);
      assert.equal(results.length, 1);
      const ms = performance.now() - started;
      // Modules that are not bundled run several times slower, and machines are shared.
      assert.ok(ms < 40_000, `${Math.round(ms)} ms`);
    });

  it('never throws for random bytes around Go words', async () => {
    const engine = await engineWith(RULES, { incremental: true });
    const words = [
      'func f() {',
      '}',
      'go ',
      'select {',
      'case <-c:',
      'defer ',
      'x := ',
      '(',
      ')',
      '\n',
      '"',
      '`',
      '/*',
      '//',
      'type T ',
      'struct {',
      'import "context"\n',
      'package p\n',
      'context.WithCancel(ctx)',
      'for range ',
      'switch x.(type) {',
      'L:',
      'goto L',
      '𝒳',
      '\uD800',
      '\0',
      ',',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => {
        const [result] = engine.analyze({ files: [{ path: 'a.go', text: parts.join('') }] }, ALL);
        assert.deepEqual(
          result?.notices.filter((n) => n.code === 'rule-failed'),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});
