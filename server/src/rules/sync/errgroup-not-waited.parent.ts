/** Early returns that the members of a group hear of by themselves: the context they watch has ended. */
import type { Analysis } from '../../golang/analysis.ts';
import { type ErrorGroup, memberLiterals } from '../../golang/error-groups.ts';
import { failedCall } from '../../golang/failed-call.ts';
import type { UnreleasedPath } from '../../golang/paths.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, find, unparen } from '../../golang/walk.ts';
import type { CallExpr, LocalObject } from '../../syntax/ast.ts';

/**
 * True when a path leaves because a wait such as `sem.Acquire(ctx, 1)` has failed, which it does when the context ends
 * from which that of the group is made, and every member uses the latter: they end as well, with the same error.
 */
export function endsWithMembers(analysis: Analysis, unit: DeclUnit, group: ErrorGroup, path: UnreleasedPath): boolean {
  const parent = group.derived?.call.args[0] && unparen(group.derived.call.args[0]);
  const context = group.derived?.context.obj;
  const cond = path.decisions.at(-1)?.cond;
  if (parent?.kind !== 'Ident' || !parent.obj || !context || !cond) return false;
  if (!memberLiterals(group)?.every((m) => context.uses.some((use) => contains(m, use)))) return false;
  const failed = failedCall(analysis, unit, cond);
  const wants = [parent.obj, context];
  return failed !== undefined && passesContext(failed, wants) && waitsForContext(analysis, unit, failed);
}

function passesContext(call: CallExpr, contexts: readonly LocalObject[]): boolean {
  return call.args.some((a) => a.kind === 'Ident' && a.obj !== undefined && contexts.includes(a.obj));
}

/** True for a call that waits for other goroutines until its context ends, or a function of the package around one. */
function waitsForContext(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const isWait = (u: DeclUnit, c: CallExpr): boolean => {
    const { fact } = analysis.callee(u, c);
    return fact?.blocks === 'sync' && fact.takesContext !== undefined;
  };
  if (isWait(unit, call)) return true;
  const body = analysis.body(unit, call);
  if (!body?.func.body) return false;
  return find(body.func.body, (n) => n.kind === 'CallExpr' && isWait(body.unit, n)) !== undefined;
}
