/** Closes that come when a count says so, by functions of `sync/atomic`: such counts are not followed. */
import type { Leak } from '../concurrency/model/leaks.ts';
import type { Analysis } from '../golang/analysis.ts';
import { isFunc } from '../golang/parents.ts';
import { find } from '../golang/walk.ts';
import type { Node } from '../syntax/ast.ts';
import { lastStep, stmtAt } from './leak-sites.ts';

const COUNTS = /^sync\/atomic\.(?:Add|CompareAndSwap|Swap)[UI]\w+$/;

/** True for the use of a channel that a count has let somebody close: nobody is left by then who uses it. */
export function isClosedByCount(analysis: Analysis, leak: Leak): boolean {
  if (leak.rule !== 'send-after-close' && leak.rule !== 'double-close') return false;
  const closed = lastStep(leak, 'close');
  if (!closed) return false;
  const parents = analysis.parents(closed.unit);
  const counts = (n: Node): boolean => n.kind === 'CallExpr' && COUNTS.test(analysis.callee(closed.unit, n).name);
  for (let n: Node | undefined = stmtAt(closed); n && !isFunc(n); n = parents.get(n))
    if (n.kind === 'IfStmt' && find(n.cond, counts)) return true;
  return false;
}
