/** What a call with a context of its own is given of the context at hand. */
import { usesValuesOnly } from '../../golang/context-values.ts';
import type { ContextParam } from '../../golang/contexts.ts';
import { holdsForCallee } from '../../golang/nil-tolerance.ts';
import { isContext, isErrorType } from '../../golang/types.ts';
import { asCall, calledName, find } from '../../golang/walk.ts';
import type { Expr, Ident, LocalObject, Node } from '../../syntax/ast.ts';
import type { RuleContext } from '../context.ts';

/** Code of a declaration. */
type Site = Pick<RuleContext, 'analysis' | 'unit'>;

/** `trace.ContextWithSpan(context.Background(), trace.SpanFromContext(ctx))` carries over what it wants to keep. */
export function carriesOver(context: Site, expr: Expr, param: ContextParam): boolean {
  return (
    find(expr, (n) => {
      if (n.kind !== 'Ident' || !n.obj) return false;
      if (n.obj === param.object) return isItsContext(context, n, param);
      const d = n.obj.declNode;
      if (d.kind !== 'AssignStmt' || isWorkDone(context, n.obj, param)) return false;
      return (
        find(d, (m) => m.kind === 'Ident' && m.obj === param.object && isItsContext(context, m, param)) !== undefined
      );
    }) !== undefined
  );
}

function isItsContext(context: Site, ident: Ident, param: ContextParam): boolean {
  return param.from === 'context' || isContextOf(context, ident);
}

/** True for the `r` of `r.Context()`. */
function isContextOf({ analysis, unit }: Site, ident: Node): boolean {
  const p = analysis.parents(unit).get(ident);
  return p?.kind === 'SelectorExpr' && p.sel.name === 'Context';
}

/** Names of functions that take a value out of what they get. */
const TAKES_OUT = /from|value|extract|context|ctx/i;

/**
 * True for the result of work that the context may have ended, `account, err := bank.Load(ctx, id)`: it can fail, and asks for more
 * than the context.
 */
function isWorkDone(context: Site, { declNode, decl }: LocalObject, param: ContextParam): boolean {
  const { analysis, unit } = context;
  if (declNode.kind !== 'AssignStmt' || declNode.rhs.length !== 1 || declNode.lhs.length < 2) return false;
  const last = declNode.lhs.at(-1);
  const call = declNode.rhs[0] && asCall(declNode.rhs[0]);
  if (!call || call.args.length < 2 || last?.kind !== 'Ident' || !last.obj || last === decl) return false;
  const index = call.args.findIndex((a) => unit.text(a) === param.text && isContext(analysis.typeOf(unit, a)));
  if (index < 0 || TAKES_OUT.test(calledName(call))) return false;
  if (!isErrorType(analysis.objectType(unit, last.obj)) || isContext(analysis.typeOf(unit, decl))) return false;
  return !holdsForCallee(analysis, analysis.callee(unit, call), index, usesValuesOnly);
}
