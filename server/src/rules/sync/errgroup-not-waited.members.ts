/** Members of a group that need not be told of the end: nobody can fail, all shall be tried, or a deferred cancel ends them. */
import { spawnSites } from '../../concurrency/spawns/spawn-sites.ts';
import type { Analysis } from '../../golang/analysis.ts';
import type { ErrorGroup } from '../../golang/error-groups.ts';
import type { ParentMap } from '../../golang/parents.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { find, isNil, unparen, walkShallow } from '../../golang/walk.ts';
import type { FuncLit, Ident, LocalObject, Node } from '../../syntax/ast.ts';

/**
 * True for members that wait for nothing, or for a context that a deferred cancel ends: they outlive the function a little. The
 * context of the group, if any, must end by such a cancel as well: it is `Wait` that cancels it where no member fails.
 */
export function endSoon(analysis: Analysis, unit: DeclUnit, { launches, derived }: ErrorGroup): boolean {
  const members = spawnSites(analysis, unit).filter(({ node }) => launches.some((l) => l.start === node.start));
  const first = Math.min(...launches.map((l) => l.start));
  const isCancelled = (n: Node): boolean =>
    n.kind === 'Ident' && n.obj !== undefined && hasDeferredCancel(analysis.parents(unit), n.obj, first);
  return (
    members.length > 0 &&
    (!derived || (derived.call.args[0] !== undefined && isCancelled(unparen(derived.call.args[0])))) &&
    members.every(
      ({ end: { kind, ways } }) =>
        kind === 'completes' ||
        ways.some((w) => w.kind === 'done' && w.unit === unit && find(w.node, isCancelled) !== undefined),
    )
  );
}

/** True for `ctx` of `ctx, cancel := context.WithCancel(…)` where `defer cancel()` stands before an offset, on every way. */
function hasDeferredCancel(parents: ParentMap, context: LocalObject, before: number): boolean {
  const made = context.declNode;
  const target = made.kind === 'AssignStmt' && made.lhs[0] === context.decl ? made.lhs[1] : undefined;
  const cancel = target?.kind === 'Ident' ? target.obj : undefined;
  return (cancel?.uses ?? []).some((use) => {
    const call = parents.get(use);
    const stmt = call && parents.get(call);
    if (call?.kind !== 'CallExpr' || call.fun !== use || stmt?.kind !== 'DeferStmt') return false;
    return stmt.end <= before && parents.get(stmt) === context.func.body;
  });
}

/** True when every way out of every member returns nil: the context of the group never ends before its time. */
export function neverFail(members: readonly FuncLit[]): boolean {
  return members.every((member) => {
    let returns = 0;
    let fails = false;
    walkShallow(member.body, (n) => {
      if (n.kind !== 'ReturnStmt') return;
      returns++;
      const [result] = n.results;
      fails ||= !result || !isNil(result);
    });
    return returns > 0 && !fails;
  });
}

/** True when a member itself waits for the end of a context. */
export function waitFor(members: readonly FuncLit[], context: LocalObject): boolean {
  const isContext = (n: Node): n is Ident => n.kind === 'Ident' && n.obj === context;
  return members.some(
    (m) =>
      find(
        m,
        (n) =>
          n.kind === 'CallExpr' && n.fun.kind === 'SelectorExpr' && n.fun.sel.name === 'Done' && isContext(n.fun.x),
      ) !== undefined,
  );
}
