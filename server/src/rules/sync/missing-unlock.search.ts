/** Locks that are still held on some way out of the function that took them. */
import { pathKey } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { type Kept, type KeptSpec, keptOnSomeWay, type Operation } from '../../golang/kept-operation.ts';
import { ancestor, isFunc } from '../../golang/parents.ts';
import { PathEffects } from '../../golang/path-effects.ts';
import { type LockedByCall, locksByCall } from '../../golang/locked-results.ts';
import { closedElsewhere, closesForItsCallers, type SyncKind } from '../../golang/released-elsewhere.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains } from '../../golang/walk.ts';
import type { ForStmt, RangeStmt } from '../../syntax/ast.ts';
import { keptWithError } from './missing-unlock.begun.ts';
import { handedOver } from './missing-unlock.handed.ts';

const LOCKS: SyncKind = {
  types: new Set(['Mutex', 'RWMutex', 'Locker']),
  open: ['Lock', 'RLock'],
  close: ['Unlock', 'RUnlock'],
};

/** Every lock of a declaration that is held on some way out. */
export function heldLocks(analysis: Analysis, unit: DeclUnit): Kept[] {
  const calls = syncCalls(analysis, unit, unit.decl, LOCKS.types).map((c): Operation => ({ ...c, node: c.call }));
  const summaries = new PathEffects(analysis, { perform: LOCKS.close, open: LOCKS.open });
  const held: Kept[] = [];
  for (const taken of calls) {
    const stmt = analysis.parents(unit).get(taken.node);
    if (!LOCKS.open.includes(taken.method) || stmt?.kind !== 'ExprStmt') continue;
    const operations = calls.filter((c) => pathKey(c.path) === pathKey(taken.path));
    // TryLock, or one closure that locks for another: a protocol of its own.
    if (operations.some((c) => c.method.startsWith('Try')) || unlocksInOtherClosure(operations, taken)) continue;
    // It let go of a lock it was called with, and takes it back.
    if (operations.find((c) => c.func === taken.func && c.node.start <= taken.node.start)?.method.endsWith('Unlock'))
      continue;
    const spec = { taken, stmt, operations, summaries, turns: turnsOf(analysis, unit, taken, calls) };
    const found = keptOnSomeWay(analysis, unit, spec);
    const mayCloseForOthers = (other: DeclUnit): boolean => !closesForItsCallers(analysis, other, LOCKS);
    const kept =
      found && !closedElsewhere(analysis, unit, taken.path, LOCKS, mayCloseForOthers)
        ? found
        : (keptWithNothing(analysis, unit, spec) ?? keptWithError(analysis, unit, spec, LOCKS));
    if (kept) held.push(kept);
  }
  for (const taken of locksByCall(analysis, unit)) {
    const found = heldSinceCall(analysis, unit, taken, calls, summaries);
    if (found) held.push(found);
  }
  return held;
}

/** A lock that the function takes for what it returns, on a way on which it returns nothing that could unlock it. */
function keptWithNothing(analysis: Analysis, unit: DeclUnit, spec: KeptSpec): Kept | undefined {
  const { taken, summaries } = spec;
  for (const handed of handedOver(analysis, unit, taken, summaries, LOCKS)) {
    const found = keptOnSomeWay(analysis, unit, { ...spec, handedOn: handed.given, turns: undefined });
    if (!found || !handed.empty.some((r) => r === found.path.node) || !handed.isUnlockedLater()) continue;
    const counts = (other: DeclUnit): boolean =>
      !handed.isClosedBy(other) && !closesForItsCallers(analysis, other, LOCKS);
    return closedElsewhere(analysis, unit, taken.path, LOCKS, counts) ? undefined : found;
  }
  return undefined;
}

/** A lock that a called function has taken for this one. Other functions that release it do so for those that pass it on to them. */
function heldSinceCall(
  analysis: Analysis,
  unit: DeclUnit,
  { call, stmt, path, func, method, mayFail, error, ok }: LockedByCall,
  calls: readonly Operation[],
  summaries: PathEffects,
): Kept | undefined {
  const taken: Operation = { node: call, method, path, func };
  const operations = [taken, ...calls.filter((c) => pathKey(c.path) === pathKey(path))];
  if (operations.some((c) => c !== taken && !LOCKS.close.includes(c.method))) return undefined;
  const value = mayFail ? path.root : undefined;
  return keptOnSomeWay(analysis, unit, { taken, stmt, operations, summaries, value, error, ok });
}

/**
 * The loop that takes the lock of another value in each turn, `for _, p := range peers { p.mu.Lock() … }`; undefined where the value
 * goes somewhere with the lock held, or a lock like it is released by another name.
 */
function turnsOf(
  analysis: Analysis,
  unit: DeclUnit,
  { node, path }: Operation,
  calls: readonly Operation[],
): ForStmt | RangeStmt | undefined {
  const { root } = path;
  const parents = analysis.parents(unit);
  const loop = ancestor(parents, node, (n) => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n));
  if (typeof root === 'string' || (loop?.kind !== 'ForStmt' && loop?.kind !== 'RangeStmt')) return undefined;
  if (!contains(loop, root.decl) || root.addressTaken || root.captured || root.writes.some((w) => w !== root.decl))
    return undefined;
  const goesOn = root.uses.some((use) => use.start > node.end && parents.get(use)?.kind !== 'SelectorExpr');
  const isReleasedByName = calls.some(
    (c) => LOCKS.close.includes(c.method) && c.path.root !== root && c.path.fields.at(-1) === path.fields.at(-1),
  );
  return goesOn || isReleasedByName ? undefined : loop;
}

function unlocksInOtherClosure(same: readonly Operation[], lock: Operation): boolean {
  const lockers = new Set(same.filter((c) => LOCKS.open.includes(c.method)).map((c) => c.func));
  return same.some((c) => LOCKS.close.includes(c.method) && !lockers.has(c.func) && !contains(lock.func, c.func));
}
