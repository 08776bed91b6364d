/**
 * Locks that a goroutine takes again by way of a value which leads back to the one that has the lock: a hub closes its connections, each
 * of which leaves the hub.
 */
import { accessPath, prefixDepth } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { pathOutside } from '../../golang/path-effects.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncNode } from '../../syntax/ast.ts';
import { leadsBack } from './back-paths.ts';
import { leadsOnFreely } from './free-ways.ts';
import { withElements } from './indirect-calls.ts';
import { canonicalPath } from './lock-paths.ts';
import type { Acquire, LockSummaries, NestedAcquire } from './lock-summary.ts';

/** A call with locks held. */
export interface HeldAt {
  unit: DeclUnit;
  func: FuncNode;
  call: CallExpr;
  held: readonly Acquire[];
}

/** What is taken again so behind a call, at least one of the two times for writing. */
export function takenOnReturn(
  analysis: Analysis,
  { unit, func, call, held }: HeldAt,
  summaries: LockSummaries,
): NestedAcquire[] {
  const around = held.filter((h) => isGivenPartOf(analysis, unit, call, h));
  const callee = around.length > 0 ? analysis.callee(unit, call) : undefined;
  const own = callee?.dynamic ? undefined : callee?.own;
  if (!own) return [];
  return summaries.of(own.unit, own.decl).acquires.flatMap((a) => {
    const outer = pathOutside(analysis, unit, call, own.decl, a.path);
    const path = outer && canonicalPath(analysis, unit, outer, call);
    if (!path) return [];
    const then = { ...a, path, sites: [{ unit, node: call }, ...a.sites] };
    return around
      .map((h): NestedAcquire => ({ unit, func, held: h, then, others: held.filter((o) => o !== h) }))
      .filter(
        (n) =>
          (n.held.mode === 'write' || n.then.mode === 'write') &&
          leadsBack(analysis, n, summaries) &&
          leadsOnFreely(analysis, n.then),
      );
  });
}

/** True for a call on, or with, something that is kept in the value whose lock is held. */
function isGivenPartOf(analysis: Analysis, unit: DeclUnit, call: CallExpr, { path }: Acquire): boolean {
  const fun = unparen(call.fun);
  return [...(fun.kind === 'SelectorExpr' ? [fun.x] : []), ...call.args].some((x) => {
    const given = accessPath(x);
    if (!given || typeof given.root === 'string') return false;
    const from = withElements(analysis, unit, given);
    // A lock that is embedded has the path of the value itself.
    return [path.fields, path.fields.slice(0, -1)].some((fields) => {
      const depth = prefixDepth({ root: path.root, fields }, from);
      return depth !== undefined && depth < from.fields.length;
    });
  });
}
