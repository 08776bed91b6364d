/** Channels by which a goroutine tells that it is over. */
import type { CallExpr, Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { DeclUnit } from './unit.ts';
import { baseIdent } from './walk.ts';

/**
 * True for `defer close(w.done)` of a method, of a goroutine that this starts, or of a function that is only ever started as a goroutine
 * with the value: it ends nobody else.
 */
export function tellsOwnEnd(analysis: Analysis, unit: DeclUnit, call: CallExpr, channel: Expr): boolean {
  const { kind, name } = analysis.callee(unit, call);
  if (kind !== 'builtin' || name !== 'close' || analysis.parents(unit).get(call)?.kind !== 'DeferStmt') return false;
  const object = baseIdent(channel)?.obj;
  return (
    object?.role === 'recv' || (object?.role === 'param' && object.func === unit.decl && isStarted(analysis, unit))
  );
}

/** True for a function that nothing but `go` statements mention. */
function isStarted(analysis: Analysis, unit: DeclUnit): boolean {
  if (unit.decl.kind !== 'FuncDecl') return false;
  const mentions = mentionsOf(analysis, unit, unit.decl);
  const isGo = (by: DeclUnit, call: Node | undefined): boolean =>
    call !== undefined && analysis.parents(by).get(call)?.kind === 'GoStmt';
  return mentions.length > 0 && mentions.every((m) => isGo(m.unit, m.call));
}
