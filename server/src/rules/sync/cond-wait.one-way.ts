/** Branches that say nothing about whether somebody waits. */
import type { Analysis } from '../../golang/analysis.ts';
import type { Edge } from '../../golang/cfg.ts';
import { askedFields } from '../../golang/helping-changes.ts';
import { nodesOfKind } from '../../golang/node-index.ts';
import { givenValue } from '../../golang/only-value.ts';
import { isErrorType } from '../../golang/types.ts';
import { find, isNil, isZero, unparen } from '../../golang/walk.ts';
import type { Decl, Expr, LocalObject, Node } from '../../syntax/ast.ts';
import type { GivingBack } from './cond-wait.given-back.ts';

/** Variables that are followed to what they are declared with. */
const MAX_NAMES = 4;

/**
 * True for a branch that is not chosen by the value with the condition variable: by something else that the function was given or has found out,
 * as that a connection is broken. One on which the value is found as it is while somebody waits, not closed or not empty, is none either.
 */
export function isUnrelated(analysis: Analysis, change: GivingBack, { kind, cond, tag, clause, from }: Edge): boolean {
  const isFree = (expr: Expr): boolean => !isAboutValue(analysis, change, expr);
  switch (kind) {
    case 'flow':
      return true;
    case 'true':
    case 'false':
      return cond !== undefined && (isWhileWaiting(change, cond, kind === 'true') || isFree(cond));
    case 'case':
    case 'default':
      return tag !== undefined && isFree(tag) && (clause?.kind !== 'CaseClause' || clause.exprs.every(isFree));
    case 'range':
    case 'exhausted': {
      const loop = from.nodes.at(-1);
      return loop?.kind === 'RangeStmt' && isFree(loop.x);
    }
    case 'comm':
      return false;
  }
}

/** True for a flag, nil or emptiness that a waiting loop asks about, too, and on which it goes on waiting. */
function isWhileWaiting({ receiver, asked }: GivingBack, cond: Expr, holds: boolean): boolean {
  const x = unparen(cond);
  if (x.kind === 'BinaryExpr' && !isNil(x.y) && !isZero(x.y)) return false;
  return askedFields(cond, receiver, holds).some((e) => asked.some((a) => a.field === e.field && a.way === e.way));
}

function isAboutValue(analysis: Analysis, change: GivingBack, expr: Expr): boolean {
  const { unit, receiver } = change;
  const x = unparen(expr);
  // Whoever calls chooses, and may ask for silence where the change is the same.
  if (x.kind === 'Ident' && x.obj?.role === 'param' && change.isMadeAlike) return true;
  const seen = new Set<LocalObject>();
  const names = (node: Node, depth: number): boolean =>
    find(node, (n) => {
      if (n.kind === 'FuncLit') return true;
      if (n.kind === 'CallExpr') {
        const { visible } = analysis.callee(unit, n);
        return visible !== undefined && asksFields(change, visible.unit.decl);
      }
      if (n.kind !== 'Ident' || !n.obj) return false;
      if (n.name === receiver) return true;
      return !seen.has(n.obj) && isTakenFrom(n.obj, depth);
    }) !== undefined;
  const isTakenFrom = (object: LocalObject, depth: number): boolean => {
    seen.add(object);
    if (object.role === 'param' || object.role === 'recv') return object.writes.length > 0;
    if (object.declNode.kind === 'RangeStmt') return depth >= MAX_NAMES || names(object.declNode.x, depth + 1);
    const value = valueOf(object);
    if (value === undefined || object.writes.length > 0 || object.addressTaken || depth >= MAX_NAMES) return true;
    const from = unparen(value);
    // What goes wrong elsewhere tells nothing of the value.
    const isOutside = from.kind === 'CallExpr' && analysis.callee(unit, from).visible === undefined;
    return !(isOutside && isErrorType(analysis.objectType(unit, object))) && names(value, depth + 1);
  };
  return names(x, 0);
}

/** What a variable is declared with, or the call of which it takes one of the results. */
function valueOf({ decl, declNode: d }: LocalObject): Expr | undefined {
  return givenValue(d, decl) ?? (d.kind === 'AssignStmt' && d.rhs.length === 1 ? d.rhs[0] : undefined);
}

/** True for a function that names a field which the waiting loop asks about. */
function asksFields({ asked }: GivingBack, decl: Decl): boolean {
  return nodesOfKind(decl, 'SelectorExpr').some((n) => asked.some((a) => a.field === n.sel.name));
}
