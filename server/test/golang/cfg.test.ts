import assert from 'node:assert/strict';
import { type Block, type ControlFlowGraph, evaluated } from '../../src/golang/cfg.ts';
import type { DeclUnit } from '../../src/golang/unit.ts';
import { packageOf } from '../support/analysis.ts';

const HEADER = 'package p\nimport ("log"; "os"; "runtime"; "testing")\n';

async function graph(body: string, more = ''): Promise<{ unit: DeclUnit; cfg: ControlFlowGraph }> {
  const { analysis, unit } = await packageOf({ 'a.go': `${HEADER}${more}\nfunc test(t *testing.T) { ${body} }\n` });
  const u = unit('test');
  assert.ok(!u.hasError, 'the test itself does not parse');
  assert.equal(u.decl.kind, 'FuncDecl');
  return { unit: u, cfg: analysis.cfg(u, u.decl as never) };
}

/**
 * Reachable blocks, entry first, empty ones that only lead on left out: `nodes → edges`. Blocks are named by their first
 * node; the exit is `.`.
 */
function dump(unit: DeclUnit, cfg: ControlFlowGraph): string[] {
  const text = (n: { start: number; end: number }): string =>
    unit
      .text(n)
      .replace(/\s+/g, ' ')
      .replace(/\{.*\}/, '{}');
  const skip = (b: Block): Block => {
    const seen = new Set<Block>();
    while (b.nodes.length === 0 && b.succs.length === 1 && b.succs[0]!.kind === 'flow' && !seen.has(b)) {
      seen.add(b);
      b = b.succs[0]!.to;
    }
    return b;
  };
  const name = (b: Block): string => (b === cfg.exit ? '.' : b.nodes[0] ? text(b.nodes[0]) : `#${order.indexOf(b)}`);
  const order: Block[] = [];
  const visit = (b: Block): void => {
    if (order.includes(b)) return;
    order.push(b);
    for (const e of b.succs) visit(skip(e.to));
  };
  visit(skip(cfg.entry));
  return order
    .filter((b) => b !== cfg.exit)
    .map((b) => {
      const nodes = b.nodes.length ? b.nodes.map(text).join('; ') : name(b);
      const edges = b.succs.map((e) => `${e.kind === 'flow' ? '' : `${e.kind} `}${name(skip(e.to))}`);
      return `${nodes} → ${b.ends ?? (edges.join(', ') || 'nowhere')}`;
    });
}

const GRAPHS: Record<string, [body: string, ...lines: string[]]> = {
  nothing: [''],
  'statements in a row': [
    'a(); x := 1; x++; c <- x; var y int; go f(); defer g(); { h() }',
    'a(); x := 1; x++; c <- x; var y int; go f(); defer g(); h() → .',
  ],
  'return ends': ['a(); return; b()', 'a(); return → .'],
  if: ['if a { b() }; c()', 'a → true b(), false c()', 'b() → c()', 'c() → .'],
  'if with init and else': [
    'if x := a(); x { b() } else if y { return } else { d() }; e()',
    'x := a(); x → true b(), false y',
    'b() → e()',
    'e() → .',
    'y → true return, false d()',
    'return → .',
    'd() → e()',
  ],
  '&&, || and ! are split': [
    'if a && (b || !c) { d() }; e()',
    'a → true b, false e()',
    'b → true d(), false c',
    'd() → e()',
    'e() → .',
    'c → true e(), false d()',
  ],
  'true and false decide': [
    'if true { a() } else { b() }; for false { c() }; d()',
    'true → true a()',
    'a() → false',
    'false → false d()',
    'd() → .',
  ],
  'for with everything': [
    'for i := 0; i < n; i++ { if a { continue }; if b { break }; c() }; d()',
    'i := 0 → i < n',
    'i < n → true a, false d()',
    'a → true continue, false b',
    'continue → i++',
    'i++ → i < n',
    'b → true break, false c()',
    'break → d()',
    'd() → .',
    'c() → i++',
  ],
  'for ever': ['for { a() }; b()', 'a() → a()'],
  'for {} alone': ['for {}', '#0 → #1', '#1 → #0'],
  range: [
    'for k, v := range m { if v { break }; a() }; b()',
    'for k, v := range m {} → range v, exhausted b()',
    'v → true break, false a()',
    'break → b()',
    'b() → .',
    'a() → for k, v := range m {}',
  ],
  'labelled break and continue': [
    'outer: for a { for b { if c { continue outer }; break outer } }; d()',
    'a → true b, false d()',
    'b → true c, false a',
    'c → true continue outer, false break outer',
    'continue outer → a',
    'break outer → d()',
    'd() → .',
  ],
  'a labelled select and switch': [
    'L: select { case <-a: break L; case b <- 1: }; M: switch { case c: break M }; d()',
    'select {} → comm <-a, comm b <- 1',
    '<-a; break L → c',
    'c → true break M, false d()',
    'break M → d()',
    'd() → .',
    'b <- 1 → c',
  ],
  'goto back and forth': [
    'a(); again: b(); if c { goto again }; goto end; d(); end: e()',
    'a() → b()',
    'b(); c → true goto again, false goto end',
    'goto again → b()',
    'goto end → e()',
    'e() → .',
  ],
  'goto nowhere leaves': ['a(); goto missing; b()', 'a(); goto missing → .'],
  'break outside of a loop leaves': ['a(); break; b()', 'a(); break → .'],
  'switch with a tag': [
    'switch x := f(); x { case 1, g(): a(); fallthrough; case 3: b(); default: c() }; d()',
    'x := f(); x; 1; g(); 3 → case a(), case b(), default c()',
    'a(); fallthrough → b()',
    'b() → d()',
    'd() → .',
    'c() → d()',
  ],
  'switch without default': ['switch x { case 1: a() }; b()', 'x; 1 → case a(), default b()', 'a() → b()', 'b() → .'],
  'switch on conditions, default first': [
    'switch { default: a(); case p, q && r: b(); case s: c(); break; d() }; e()',
    'p → true b(), false q',
    'b() → e()',
    'e() → .',
    'q → true r, false s',
    'r → true b(), false s',
    's → true c(), false a()',
    'c(); break → e()',
    'a() → e()',
  ],
  'an empty switch': ['switch { }; switch x { }; a()', 'x → default a()', 'a() → .'],
  'continue inside a switch inside a loop': [
    'for a { switch x { case 1: continue; case 2: break }; b() }',
    'a → true x, false .',
    'x; 1; 2 → case continue, case break, default b()',
    'continue → a',
    'break → b()',
    'b() → a',
  ],
  'type switch': [
    'switch v := x.(type) { case int: a(v); case nil, error: b() }; c()',
    'x → case a(v), case b(), default c()',
    'a(v) → c()',
    'c() → .',
    'b() → c()',
  ],
  select: [
    'select { case v, ok := <-a: b(v); case c <- d(): e(); default: f() }; g()',
    'select {} → comm v, ok := <-a, comm c <- d(), default f()',
    'v, ok := <-a; b(v) → g()',
    'g() → .',
    'c <- d(); e() → g()',
    'f() → g()',
  ],
  'select {} waits for ever': ['a(); select {}; b()', 'a() → select {}', 'select {} → nowhere'],
  'for with select, break leaves the select only': [
    'for { select { case <-a: break; case <-b: return } }',
    'select {} → comm <-a, comm <-b',
    '<-a; break → select {}',
    '<-b; return → .',
  ],
  'panic, exits and fatal logs': [
    'switch x { case 1: panic(1); case 2: os.Exit(1); case 3: log.Fatalf("x"); case 4: runtime.Goexit(); case 5: t.Fatal(); case 6: t.Error() }',
    'x; 1; 2; 3; 4; 5; 6 → case panic(1), case os.Exit(1), case log.Fatalf("x"), case runtime.Goexit(), case t.Fatal(), case t.Error(), default .',
    'panic(1) → panic',
    'os.Exit(1) → exit',
    'log.Fatalf("x") → exit',
    'runtime.Goexit() → exit',
    't.Fatal() → exit',
    't.Error() → .',
  ],
  'deferred and spawned calls do not end': [
    'defer panic(1); go os.Exit(1); a()',
    'defer panic(1); go os.Exit(1); a() → .',
  ],
  'a shadowed panic returns': ['panic := f; panic(1); a()', 'panic := f; panic(1); a() → .'],
  'literals are values': ['f := func() { return; a() }; b()', 'f := func() {}; b() → .'],
};

const NEVER: Record<string, [source: string, ends: string | undefined]> = {
  'an endless loop': ['func f() { for { g() } }', 'exit'],
  'a panic on all paths': ['func f() { if a { panic(1) } else { panic(2) } }', 'panic'],
  'an exit through another function': ['func f() { g() }\nfunc g() { os.Exit(1) }', 'exit'],
  'a panic through another function': ['func f() { g() }\nfunc g() { panic(1) }', 'panic'],
  'a panic that is recovered': ['func f() { defer func() { _ = recover() }(); panic(1) }', undefined],
  'a panic of a callee that is recovered': [
    'func f() { defer g(); h() }\nfunc g() { recover() }\nfunc h() { panic(1) }',
    undefined,
  ],
  'an exit cannot be recovered': ['func f() { defer func() { recover() }(); os.Exit(1) }', 'exit'],
  'an early return': ['func f() { if a { return }; panic(1) }', undefined],
  recursion: ['func f() { if a { f() } }', undefined],
  'mutual recursion': ['func f() { g() }\nfunc g() { if a { return }; f() }', undefined],
  'a method': ['type T int\nfunc (T) m() { panic(1) }\nfunc f() { var t T; t.m() }', 'panic'],
  'a method called through an interface': ['type T interface{ m() }\nfunc f(t T) { t.m() }', undefined],
  'a function without a body': ['func f()', undefined],
};

describe('control flow graph', () => {
  for (const [title, [body, ...lines]] of Object.entries(GRAPHS))
    it(title, async () => {
      const { unit, cfg } = await graph(body);
      assert.deepEqual(dump(unit, cfg), lines);
    });

  describe('functions that never return', () => {
    for (const [title, [source, ends]] of Object.entries(NEVER))
      it(title, async () => {
        const { unit, cfg } = await graph('f(); after()', source);
        assert.deepEqual(dump(unit, cfg), ends ? [`f() → ${ends}`] : ['f(); after() → .']);
      });
  });

  it('has heads for loops, selects and labels', async () => {
    const { unit, cfg } = await graph('a(); L: for b { }; for range c { }; select { }');
    const heads = [...cfg.heads].map(([s, b]) => `${s.kind} ${b.nodes[0] ? unit.text(b.nodes[0]) : ''}`);
    assert.deepEqual(heads, ['LabeledStmt ', 'ForStmt b', 'RangeStmt for range c { }', 'SelectStmt select { }']);
  });

  it('tells what a block node evaluates', async () => {
    const { unit, cfg } = await graph(
      'for k, v := range m { a() }; select { case x := <-c: case d <- e: case <-f: default: }',
    );
    const all = cfg.blocks.flatMap((b) =>
      b.nodes.map((n) =>
        evaluated(n)
          .map((x) => unit.text(x))
          .join(' | '),
      ),
    );
    assert.ok(all.includes('m | k | v'));
    assert.ok(all.includes('<-c | d | e | <-f'));
  });
});
