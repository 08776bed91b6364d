/** Work under a context of its own that learns of a client's leaving in the way that was there before requests had contexts. */
import { isNamed } from '../../golang/types.ts';
import { find } from '../../golang/walk.ts';
import type { CallExpr, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/**
 * True when the context that a call makes or gets goes, together with the `http.ResponseWriter`, to functions of the package
 * alone, and each of them asks that one for `CloseNotify`.
 */
export function watchesConnection(context: RuleContext, call: CallExpr): boolean {
  if (!/(?:^|\/)context\.With/.test(context.analysis.callee(context.unit, call).name)) return asks(context, call);
  const derived = derivedBy(context, call);
  if (!derived) return false;
  const parents = context.analysis.parents(context.unit);
  const uses = derived.uses.filter((use) => !derived.writes.includes(use));
  return uses.length > 0 && uses.every((use) => asks(context, parents.get(use)));
}

/** The variable that holds the context derived by a call, when it never holds another. */
function derivedBy({ analysis, unit }: RuleContext, call: CallExpr): LocalObject | undefined {
  const stmt = analysis.parents(unit).get(call);
  const target = stmt?.kind === 'AssignStmt' ? stmt.lhs[0] : undefined;
  const object = target?.kind === 'Ident' ? target.obj : undefined;
  return object?.decl === target && object?.writes.length === 0 ? object : undefined;
}

function asks({ analysis, unit }: RuleContext, call: Node | undefined): boolean {
  if (call?.kind !== 'CallExpr') return false;
  if (!call.args.some((a) => isNamed(analysis.typeOf(unit, a), 'net/http', 'ResponseWriter'))) return false;
  const body = analysis.body(unit, call)?.func.body;
  return (
    body !== undefined && find(body, (n) => n.kind === 'SelectorExpr' && n.sel.name === 'CloseNotify') !== undefined
  );
}
