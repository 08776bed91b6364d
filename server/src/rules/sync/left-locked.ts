/** Whether a lock that nobody can have any more was forgotten by the function that took it. */
import type { Leak } from '../../concurrency/model/leaks.ts';
import { pathName } from '../../golang/access-path.ts';
import { isExported } from '../../golang/exported.ts';
import { lockKeepers } from '../../golang/locked-results.ts';
import { closedElsewhere } from '../../golang/released-elsewhere.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import { contains } from '../../golang/walk.ts';
import type { RuleContext } from '../context.ts';
import { funcAt, lastName, lastStep, unitsMatching } from '../leak-sites.ts';
import { heldLocks } from './missing-unlock.search.ts';

const LOCKS = new Set(['Mutex', 'RWMutex', 'Locker']);

/** True when the lock was taken by a function that has returned, but does unlock on other ways: not by a helper that locks for its caller. */
export function isLeftLocked(context: RuleContext, leak: Leak): boolean {
  if (leak.isLeft) return true;
  const held = lastStep(leak, 'lock');
  const func = held && funcAt(held);
  if (!held || !func || leak.path.some((site) => funcAt(site) === func)) return false;
  return syncCalls(context.analysis, held.unit, func, LOCKS).some((c) => c.method.endsWith('Unlock'));
}

/** True when `missing-unlock` reports the same lock where it was taken, or where a function got it that was called to take it. */
export function isFoundWhereTaken(context: RuleContext, leak: Leak): boolean {
  const { analysis } = context;
  const held = lastStep(leak, 'lock');
  if (!held) return false;
  const { decl } = held.unit;
  if (heldLocks(analysis, held.unit).some(({ stmt }) => contains(stmt, held.node))) return true;
  if (decl.kind !== 'FuncDecl' || !lockKeepers(held.unit.pkg).includes(decl.name.name)) return false;
  return unitsMatching(context, new RegExp(`\\b${decl.name.name}\\(`)).some(
    (u) =>
      !u.hasError &&
      heldLocks(analysis, u).some(
        ({ stmt, taken: { node } }) =>
          stmt.kind === 'AssignStmt' && node.kind === 'CallExpr' && analysis.callee(u, node).own?.decl === decl,
      ),
  );
}

/** True when `missing-unlock` reports a lock of that name in the file. */
export function isFoundByName(context: RuleContext, leak: Leak): boolean {
  const name = lastName(leak.name);
  return unitsMatching(context, /\.R?Lock\(\)/).some(
    (u) => !u.hasError && heldLocks(context.analysis, u).some(({ taken }) => lastName(pathName(taken.path)) === name),
  );
}

/** True when a function that anybody may call lets go of the lock without having taken it: that one is waited for. */
export function isUnlockedByOthers({ analysis }: RuleContext, leak: Leak): boolean {
  const held = lastStep(leak, 'lock');
  const func = held && funcAt(held);
  const call = func && syncCalls(analysis, held.unit, func, LOCKS).find((c) => contains(held.node, c.call));
  if (!call) return false;
  const kind = { types: LOCKS, open: [call.method], close: [call.method.replace(/^(R?)Lock$/, '$1Unlock')] };
  return closedElsewhere(analysis, held.unit, call.path, kind, (other) => {
    const { decl } = other;
    return decl.kind === 'FuncDecl' && isExported(decl.name.name);
  });
}
