/** Contexts that nothing holds: when they are never cancelled, the garbage collector takes them all the same. */
import type { Ident, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { ancestor, isFunc } from './parents.ts';
import { findUnreleasedPath } from './paths.ts';
import { type Acquisition, cfgNode, releaseSearch } from './resources.ts';
import { isRootContext } from './root-contexts.ts';
import { isContext, isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { contains, firstTarget, isNil, unparen } from './walk.ts';

/**
 * True when losing the cancel function of an acquired context costs nothing: it was made by `WithCancel` from a root
 * context, so that neither a timer nor a parent refers to it, and where the cancel function is lost the context went to
 * nobody who may wait for it. Testing `Err`, deriving another such context and returning it beside an error are fine.
 */
export function isHeldByNothing(analysis: Analysis, a: Acquisition): boolean {
  const [parent] = a.call.args;
  const made = /^(?:golang\.org\/x\/net\/)?context\.WithCancel(?:Cause)?$/.test(a.callee);
  const { stmt } = a;
  if (!made || !parent || !isRootContext(analysis, a.unit, parent, stmt)) return false;
  const target = firstTarget(stmt);
  if (!target) return true;
  if (target.kind !== 'Ident') return false;
  if (!target.obj) return target.name === '_';
  return waiters(analysis, a, target.obj)?.every((w) => !isOnLosingWay(analysis, a, w)) ?? false;
}

/**
 * True when an acquired context ends by itself and nothing but its timer holds it: it has a deadline and was made from a
 * root context, once and not on each turn of a loop.
 */
export function isHeldByTimerOnly(analysis: Analysis, a: Acquisition): boolean {
  const [parent] = a.call.args;
  const made = /^(?:golang\.org\/x\/net\/)?context\.With(?:Timeout|Deadline)(?:Cause)?$/.test(a.callee);
  if (!made || !parent || !isRootContext(analysis, a.unit, parent, a.stmt)) return false;
  const inLoop = (n: Node): boolean => n.kind === 'ForStmt' || n.kind === 'RangeStmt' || isFunc(n);
  const around = ancestor(analysis.parents(a.unit), a.call, inLoop);
  return around === undefined || isFunc(around);
}

/** Mentions of a context, or of one derived from it, by which somebody may come to wait for it. */
function waiters(analysis: Analysis, a: Acquisition, context: LocalObject): Ident[] | undefined {
  const found: Ident[] = [];
  const seen = new Set([context]);
  for (const object of seen) {
    if (object.func !== a.func || object.addressTaken || object.role !== 'local') return undefined;
    for (const use of object.uses) {
      if (object.writes.includes(use) || contains(a.call, use)) continue;
      const derived = derivedFrom(analysis, a.unit, use);
      if (derived) seen.add(derived);
      else if (!isHarmless(analysis, a.unit, use)) found.push(use);
    }
  }
  return found;
}

/** The variable for the context that a call makes of this one: `ctx2` of `ctx2 := context.WithValue(ctx, …)`. */
function derivedFrom(analysis: Analysis, unit: DeclUnit, use: Ident): LocalObject | undefined {
  const parents = analysis.parents(unit);
  const call = parents.get(use);
  if (call?.kind !== 'CallExpr' || call.fun === use) return undefined;
  const stmt = parents.get(call);
  const targets = stmt?.kind === 'AssignStmt' ? stmt.lhs : stmt?.kind === 'ValueSpec' ? stmt.names : [];
  const [target] = targets;
  // What a function returns beside a context may be something that waits for it.
  if (targets.length > 1 && !analysis.callee(unit, call).name.startsWith('context.')) return undefined;
  if (target?.kind !== 'Ident' || !target.obj || !isContext(analysis.objectType(unit, target.obj))) return undefined;
  return target.obj;
}

/** `ctx.Err()` and `return ctx, err`. */
function isHarmless(analysis: Analysis, unit: DeclUnit, use: Ident): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(use);
  if (parent?.kind === 'SelectorExpr') {
    const call = parents.get(parent);
    return parent.sel.name === 'Err' && call?.kind === 'CallExpr' && call.fun === parent;
  }
  return (
    parent?.kind === 'ReturnStmt' &&
    parent.results.some((r) => !isNil(r) && isErrorType(analysis.typeOf(unit, unparen(r))))
  );
}

/** True when a mention lies on a way on which the cancel function is neither called nor handed on, before it or after. */
function isOnLosingWay(analysis: Analysis, a: Acquisition, use: Ident): boolean {
  const search = releaseSearch(analysis, a, true);
  const node = search && cfgNode(search.cfg.where, analysis.parents(a.unit), use);
  // Of a cancel function that is discarded every way is one.
  if (!search || !node) return true;
  if (search.effect(node) === 'settled') return false;
  const isReached = findUnreleasedPath({
    ...search,
    throughStart: true,
    settledBy: (edge) => edge.to === search.cfg.exit || (search.settledBy?.(edge) ?? false),
    effect: (n) => {
      if (n === node) return 'overwritten';
      return n.kind === 'ReturnStmt' || search.effect(n) !== 'none' ? 'settled' : 'none';
    },
  });
  return isReached !== undefined && findUnreleasedPath({ ...search, start: node }) !== undefined;
}
