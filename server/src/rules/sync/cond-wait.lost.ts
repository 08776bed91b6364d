/** A wait for a signal that may have been given before: by a goroutine that the same function has started. */
import type { Analysis } from '../../golang/analysis.ts';
import { type Launch, launches } from '../../golang/launches.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { enclosingFunc, inLoop, isFunc } from '../../golang/parents.ts';
import { syncCalls } from '../../golang/sync-calls.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, pathText } from '../../golang/walk.ts';
import type { CallExpr, Expr } from '../../syntax/ast.ts';

const LOCKS = new Set(['Mutex', 'RWMutex', 'Locker']);

/**
 * The statement that starts the goroutine which signals, for a wait that no condition guards: when the lock is taken
 * only after that statement, the signal may come first, and nothing remembers it.
 */
export function signalBefore(analysis: Analysis, unit: DeclUnit, wait: CallExpr, cond: Expr): Launch | undefined {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, wait);
  const name = pathText(cond)?.split('.').at(-1);
  if (!func || name === undefined) return undefined;
  const locks = syncCalls(analysis, unit, func, LOCKS).filter(
    (c) => c.func === func && c.method === 'Lock' && c.call.start < wait.start,
  );
  const lock = locks.at(-1);
  if (!lock || isConditional(analysis, unit, wait, lock.call)) return undefined;
  return launches(analysis, unit).find(
    (l) =>
      enclosingFunc(parents, l.stmt) === func &&
      l.stmt.end <= lock.call.start &&
      // Held since before the start: who signals under the lock has to wait for the wait.
      !isHeldAcross(analysis, unit, l, lock.call) &&
      signalsOnce(analysis, l, name),
  );
}

/** True when a condition is looked at between lock and wait, or decides whether to wait. */
function isConditional(analysis: Analysis, unit: DeclUnit, wait: CallExpr, lock: CallExpr): boolean {
  const parents = analysis.parents(unit);
  for (let n = parents.get(wait); n && !isFunc(n); n = parents.get(n))
    if (n.kind === 'IfStmt' || n.kind === 'CaseClause' || n.kind === 'CommClause') return true;
  return (
    find(unit.decl, (n) => {
      if (n.kind !== 'IfStmt' && n.kind !== 'SwitchStmt' && n.kind !== 'ForStmt') return false;
      return n.start >= lock.end && n.end <= wait.start;
    }) !== undefined
  );
}

/** True when the goroutine is started with a lock held that is not let go of before the other is taken. */
function isHeldAcross(analysis: Analysis, unit: DeclUnit, { stmt }: Launch, lock: CallExpr): boolean {
  const calls = syncCalls(analysis, unit, unit.decl, LOCKS);
  const before = calls.filter((c) => c.call.end <= stmt.start && /^R?(?:Lock|Unlock)$/.test(c.method)).at(-1);
  const between = calls.some((c) => c.call.start > stmt.end && c.call.end <= lock.start && c.method.endsWith('Unlock'));
  return before !== undefined && before.method.endsWith('Lock') && !between;
}

/** True when a goroutine signals a condition variable of that name in its own body, and not again and again. */
function signalsOnce(analysis: Analysis, { body }: Launch, name: string): boolean {
  if (!body?.func.body) return false;
  const parents = analysis.parents(body.unit);
  return nodesOfKind(body.unit.decl, 'CallExpr').some((call) => {
    if (!contains(body.func, call) || call.fun.kind !== 'SelectorExpr') return false;
    if (pathText(call.fun.x)?.split('.').at(-1) !== name || inLoop(parents, call)) return false;
    return /^sync\.Cond\.(?:Signal|Broadcast)$/.test(analysis.callee(body.unit, call).name);
  });
}
