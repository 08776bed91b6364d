/** What the parameters of a function stand for, seen from a certain call of it. */
import type { CallExpr, Expr, FuncNode, LocalObject } from '../../syntax/ast.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { flattenFields } from '../../golang/walk.ts';

/** Parameter → the argument it was given, with the bindings in force where the argument stands. */
export type Bindings = ReadonlyMap<LocalObject, Bound>;

export interface Bound {
  unit: DeclUnit;
  expr: Expr;
  bindings: Bindings;
}

export const NO_BINDINGS: Bindings = new Map();

/**
 * The bindings inside `func` when `call` runs it. A literal sees the variables around it, so it keeps what holds there.
 * Parameters that are assigned to, and those of calls such as `f(g())`, are not bound.
 */
export function bind(unit: DeclUnit, call: CallExpr, func: FuncNode, outer: Bindings): Bindings {
  const inner = new Map(func.kind === 'FuncLit' ? outer : NO_BINDINGS);
  for (const [i, param] of flattenFields(func.type.params).entries()) {
    const object = param.name?.obj;
    const expr = call.args[i];
    if (!object || !expr || param.variadic || object.writes.length > 0 || object.addressTaken) continue;
    inner.set(object, { unit, expr, bindings: outer });
  }
  return inner;
}
