/** Work that its own function ends: a call under a context whose cancel function is deferred beside it. */
import type { CallExpr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { originsOf } from './origins.ts';
import { enclosingFunc, type ParentMap } from './parents.ts';
import { acquisitions } from './resources.ts';
import type { DeclUnit } from './unit.ts';

const CANCEL = new Set(['cancel']);

/**
 * True when an argument of `call` was made with a context that a `defer cancel()` of the same function cancels. An HTTP
 * transport then closes the connection of a response that is still open (`net/http`, documentation of `Request.Context`).
 */
export function cancelledAtReturn(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const parents = analysis.parents(unit);
  const func = enclosingFunc(parents, call);
  const contexts = new Set<LocalObject>();
  for (const a of acquisitions(analysis, unit, CANCEL)) {
    if (a.func !== func || a.stmt?.kind !== 'AssignStmt' || a.destination.kind !== 'variable') continue;
    const context = a.stmt.lhs[0];
    if (context?.kind === 'Ident' && context.obj && isDeferred(parents, a.destination.object))
      contexts.add(context.obj);
  }
  if (contexts.size === 0) return false;
  const origins = originsOf(parents, call.args) ?? [];
  return origins.some((n) => n.kind === 'Ident' && n.obj !== undefined && contexts.has(n.obj));
}

/** True when the function that declares the variable says `defer cancel()`. */
function isDeferred(parents: ParentMap, cancel: LocalObject): boolean {
  return cancel.uses.some((use) => {
    const call: Node | undefined = parents.get(use);
    if (call?.kind !== 'CallExpr' || call.fun !== use || parents.get(call)?.kind !== 'DeferStmt') return false;
    return enclosingFunc(parents, call) === cancel.func;
  });
}
