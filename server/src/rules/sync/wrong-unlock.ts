/** A read-write lock is released by the wrong operation, or taken once more where its release is to be deferred. */
import { replaceNode } from '../../fixes/replace-expr.ts';
import { pathKey, pathName } from '../../golang/access-path.ts';
import { nodesAfter } from '../../golang/cfg-reach.ts';
import { enclosingFunc } from '../../golang/parents.ts';
import { lockedResultTest, locksByCall } from '../../golang/locked-results.ts';
import { type SyncCall, syncCalls } from '../../golang/sync-calls.ts';
import type { FuncNode } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { text } from './wrong-unlock.text.ts';

const LOCKS = new Set(['Mutex', 'RWMutex', 'Locker']);

/** A lock that is taken in one way and released in the other one only, by the same name. */
function mixed(lock: string, unlock: string): string {
  const call = (method: string): string => `(?<!\\S)\\1\\.${method}\\(\\)`;
  const other = call(lock === 'Lock' ? 'RLock' : 'Lock');
  return `(?<!\\S)(\\S+)\\.${lock}\\(\\)(?=[^]*${call(unlock)})(?<!${other}[^]*)(?![^]*${other})`;
}

export const wrongUnlock = defineRule({
  meta: {
    id: 'wrong-unlock',
    group: 'sync',
    level: 'error',
    triggers: [
      ['\\.RLock\\(\\)', '\\.Unlock\\(\\)'],
      ['\\.RUnlock\\(\\)', '\\.Lock\\(\\)'],
      '\\bdefer [\\w.]+\\.R?Lock\\(\\)',
    ],
    checkTriggers: [[mixed('RLock', 'Unlock')], [mixed('Lock', 'RUnlock')], '\\bdefer [\\w.]+\\.R?Lock\\(\\)'],
    packageTriggers: ['\\.R?Lock\\(\\)'],
    imports: ['sync'],
    fixes: ['rename'],
  },
  text,
  packageTest: lockedResultTest,
  check(context) {
    const { analysis, unit } = context;
    const calls = [...syncCalls(analysis, unit, unit.decl, LOCKS), ...locksByCall(analysis, unit)].sort(
      (a, b) => a.call.start - b.call.start,
    );
    const byLock = new Map<string, SyncCall[]>();
    for (const call of calls) {
      const { root } = call.path;
      // A variable that gets another value may stand for another lock.
      if (typeof root !== 'string' && root.writes.length > 0) continue;
      const key = pathKey(call.path);
      byLock.set(key, [...(byLock.get(key) ?? []), call]);
    }
    for (const same of byLock.values()) {
      if (same.some((c) => c.method.startsWith('Try'))) continue;
      checkUnlocks(context, same);
      checkDeferred(context, same);
    }
  },
});

/** All locks of the declaration are of one kind, and an unlock that comes after one is of the other. */
function checkUnlocks(context: RuleContext, same: readonly SyncCall[]): void {
  const [first] = same;
  const methods = new Set(same.filter(isLock).map((c) => c.method));
  // Who unlocks first was called with the lock, and may have it in the other way.
  if (!first || !isLock(first) || methods.size !== 1 || same.some((c) => c.type !== 'RWMutex')) return;
  const right = unlockOf(first);
  for (const unlock of same) {
    if (isLock(unlock) || unlock.method === right) continue;
    const lock = same.find((c) => isLock(c) && comesTo(context, c, unlock));
    if (!lock) continue;
    const name = pathName(lock.path);
    context.report({
      node: unlock.call,
      message: right === 'RUnlock' ? 'read-lock' : 'write-lock',
      args: { name, line: context.line({ node: lock.call }) },
      steps: [
        { node: lock.call, message: 'step-locked', args: { name, method: lock.method } },
        { node: unlock.call, message: 'step-unlocked', args: { name, method: unlock.method } },
      ],
      fixes: [rename(context, unlock, right)],
    });
  }
}

/** `mu.Lock()` and then `defer mu.Lock()`, in a function that does not unlock. */
function checkDeferred(context: RuleContext, same: readonly SyncCall[]): void {
  const parents = context.analysis.parents(context.unit);
  if (!same.every(isLock)) return;
  for (const [i, call] of same.entries()) {
    const lock = same[i - 1];
    if (parents.get(call.call)?.kind !== 'DeferStmt' || lock?.func !== call.func || lock.method !== call.method)
      continue;
    if (parents.get(lock.call)?.kind !== 'ExprStmt') continue;
    const name = pathName(lock.path);
    context.report({
      node: call.call,
      message: call.method === 'Lock' ? 'deferred-lock' : 'deferred-read-lock',
      args: { name, line: context.line({ node: lock.call }) },
      steps: [
        { node: lock.call, message: 'step-locked', args: { name, method: lock.method } },
        { node: call.call, message: 'step-deferred', args: { name, method: call.method } },
      ],
      fixes: [rename(context, call, unlockOf(call))],
    });
  }
}

/** True when control comes from a lock to an unlock in the same function, or in a literal that the function defers. */
function comesTo({ analysis, unit }: RuleContext, lock: SyncCall, unlock: SyncCall): boolean {
  const parents = analysis.parents(unit);
  const direct = parents.get(unlock.call);
  let node = direct;
  if (unlock.func !== lock.func) {
    const call = parents.get(unlock.func);
    node = call && parents.get(call);
    if (node?.kind !== 'DeferStmt' || enclosingFunc(parents, node) !== lock.func || !isBodyOf(unlock.func, direct))
      return false;
  }
  const stmt = parents.get(lock.call);
  if ((stmt?.kind !== 'ExprStmt' && stmt?.kind !== 'AssignStmt') || !node) return false;
  return nodesAfter(analysis.cfg(unit, lock.func), stmt).has(node);
}

/** An unlock under a condition may be for another way in which the literal was reached. */
function isBodyOf(func: FuncNode, stmt: unknown): boolean {
  return func.body?.stmts.some((s) => s === stmt) ?? false;
}

function isLock({ method }: SyncCall): boolean {
  return method === 'Lock' || method === 'RLock';
}

function unlockOf({ method }: SyncCall): string {
  return method === 'RLock' ? 'RUnlock' : 'Unlock';
}

function rename({ unit }: RuleContext, { call }: SyncCall, to: string) {
  const edits = call.fun.kind === 'SelectorExpr' ? replaceNode(unit, call.fun.sel, to) : undefined;
  return { id: 'rename', title: 'fix-rename', args: { to }, preferred: true, edits };
}
