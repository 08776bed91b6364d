/** A wait group is counted up by the goroutine that it counts, so that `Wait` may return before it has begun. */
import { type AccessPath, pathKey, pathName } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Spawn, spawns } from '../../golang/goroutines.ts';
import { ancestor } from '../../golang/parents.ts';
import { PathEffects, pathOutside } from '../../golang/path-effects.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find } from '../../golang/walk.ts';
import type { Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { type CountedApart, countedApart, mayWait } from './waitgroup-add-inside.apart.ts';
import { repairs } from './waitgroup-add-inside.fixes.ts';
import { text } from './waitgroup-add-inside.text.ts';

const GROUP = new Set(['WaitGroup']);

export const waitgroupAddInside = defineRule({
  meta: {
    id: 'waitgroup-add-inside',
    group: 'sync',
    level: 'warning',
    triggers: ['\\.Wait\\(\\)', ['\\.Add\\(1\\)', '\\.Done\\(\\)']],
    fixes: ['move-add', 'use-wg-go'],
    overlaps: ['go vet waitgroup', 'staticcheck SA2000'],
  },
  text,
  check(context) {
    const { analysis, unit } = context;
    const calls = syncCalls(analysis, unit, unit.decl, GROUP);
    if (!calls.some((c) => c.method === 'Wait')) {
      for (const counted of countedApart(analysis, unit, calls)) reportApart(context, counted);
      return;
    }
    const effects = new PathEffects(analysis, { perform: ['Done'], open: [] });
    for (const spawn of spawns(analysis, unit)) checkSpawn(context, spawn, calls, effects);
  },
});

function checkSpawn(context: RuleContext, spawn: Spawn, calls: readonly SyncCall[], effects: PathEffects): void {
  const { analysis, unit } = context;
  const { body } = spawn;
  if (!body) return;
  const inside = body.unit === unit ? calls : syncCalls(analysis, body.unit, body.func, GROUP);
  for (const add of inside) {
    if (add.method !== 'Add' || add.func !== body.func) continue;
    const outer = pathOutside(analysis, unit, spawn.call, body.func, add.path);
    const wait = outer && waitFor(context, outer, spawn, calls);
    if (!wait || isOrdered(analysis, spawn, wait)) continue;
    // It counts itself only if it also counts itself down.
    if (![...effects.nodes(body.unit, body.func, add.path).values()].includes('performs')) continue;
    report(context, spawn, add, wait, outer);
  }
}

/** The call that waits for the goroutine from outside, when nothing outside counts it. */
function waitFor(
  context: RuleContext,
  outer: AccessPath,
  spawn: Spawn,
  calls: readonly SyncCall[],
): SyncCall | undefined {
  const key = pathKey(outer);
  const body = spawn.body?.unit === spawn.unit ? spawn.body.func : undefined;
  const outside = calls.filter((c) => pathKey(c.path) === key && !(body && contains(body, c.call)));
  // An Add outside may already hold Wait back.
  if (outside.some((c) => c.method === 'Add')) return undefined;
  return outside.find((c) => c.method === 'Wait' && !isOverBefore(context, c, spawn));
}

/** True for a `Wait` that has returned when the goroutine is started: it waits for others. */
function isOverBefore({ analysis, unit }: RuleContext, { call, func }: SyncCall, spawn: Spawn): boolean {
  if (func !== spawn.func || call.end > spawn.stmt.start) return false;
  // Deferred calls and loops come back to it.
  const again = (n: Node): boolean =>
    n.kind === 'DeferStmt' ||
    n.kind === 'GoStmt' ||
    ((n.kind === 'ForStmt' || n.kind === 'RangeStmt') && contains(n, spawn.stmt));
  return ancestor(analysis.parents(unit), call, (n) => n === func || again(n)) === func;
}

/** True when something between the `go` statement and the `Wait` may hold the waiter until the goroutine has begun. */
function isOrdered(analysis: Analysis, spawn: Spawn, wait: SyncCall): boolean {
  const between = (n: Node): boolean => n.start >= spawn.stmt.end && n.end <= wait.call.start;
  return (
    find(spawn.func, (n) => {
      if (mayWait(analysis, spawn.unit, n)) return between(n.kind === 'RangeStmt' ? n.x : n);
      if (n.kind !== 'CallExpr' || n.fun.kind !== 'SelectorExpr') return false;
      return between(n) && /^(?:Wait|Lock|RLock|Acquire)$/.test(n.fun.sel.name);
    }) !== undefined
  );
}

function report(context: RuleContext, spawn: Spawn, add: SyncCall, wait: SyncCall, outer: AccessPath): void {
  const here = spawn.body?.unit === context.unit;
  const name = pathName(outer);
  context.report({
    node: here ? add.call : spawn.call,
    message: 'add-inside',
    args: { name, go: context.line({ node: spawn.stmt }), wait: context.line({ node: wait.call }) },
    steps: [
      { node: spawn.stmt, message: 'step-go' },
      { unit: spawn.body?.unit, node: add.call, message: 'step-add', args: { name } },
      { node: wait.call, message: 'step-wait', args: { name } },
    ],
    fixes: repairs(context, spawn, add),
  });
}

function reportApart(context: RuleContext, { add, spawn, wait, name }: CountedApart): void {
  const nameOf = ({ declaration }: DeclUnit): string => declaration.names[0] ?? '';
  context.report({
    node: add.call,
    message: 'add-inside-apart',
    args: { name, starter: nameOf(spawn.unit), waiter: nameOf(wait.unit) },
    steps: [
      { unit: spawn.unit, node: spawn.stmt, message: 'step-go' },
      { node: add.call, message: 'step-add', args: { name } },
      { unit: wait.unit, node: wait.call, message: 'step-wait', args: { name } },
    ],
    fixes: repairs(context, spawn, add),
  });
}
