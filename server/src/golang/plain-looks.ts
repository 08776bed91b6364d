/** Looks at a value that do not tell whether it has come to its end. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { deref, isContext, isErrorType, isNamed } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent, isNil, walk } from './walk.ts';

/** True for a mention of a value that reads of it, or has a method read, what does not tell whether it has ended; and for a test for nil. */
export function isPlainLook(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const parents = analysis.parents(unit);
  const parent = parents.get(node);
  if (parent?.kind === 'BinaryExpr') return isNil(parent.x) || isNil(parent.y);
  if (parent?.kind !== 'SelectorExpr') return false;
  const call = parents.get(parent);
  if (call?.kind !== 'CallExpr' || call.fun !== parent) return !mayTellEnd(analysis, unit, parent);
  const { visible } = analysis.callee(unit, call);
  const receiver = visible?.decl.recv?.names[0]?.obj;
  if (!visible?.decl.body || visible.unit.hasError) return false;
  let isSilent = true;
  walk(visible.decl.body, (n) => {
    if (n.kind === 'CallExpr' && n.fun.kind === 'SelectorExpr' && baseIdent(n.fun)?.obj === receiver)
      isSilent &&= isOfTimeOrLock(analysis, visible.unit, n.fun.x);
    else if (n.kind === 'SelectorExpr' && baseIdent(n)?.obj === receiver && mayTellEnd(analysis, visible.unit, n))
      isSilent = false;
  });
  return isSilent;
}

function mayTellEnd(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const type = analysis.typeOf(unit, expr);
  if (isErrorType(type) || isContext(type) || isNamed(type, 'sync/atomic', 'Bool')) return true;
  const under = analysis.types.underlying(deref(type));
  return under.kind === 'basic' ? under.name === 'bool' : /^(?:chan|func|interface|unknown)$/.test(under.kind);
}

/** True for what is asked of times, and for what is done with a lock. */
function isOfTimeOrLock(analysis: Analysis, unit: DeclUnit, recv: Expr): boolean {
  const type = deref(analysis.typeOf(unit, recv));
  return type.kind === 'named' && /^(?:time|sync|sync\/atomic)$/.test(type.pkg) && type.name !== 'Bool';
}
