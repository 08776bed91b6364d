/** Elements of maps under keys that callers give: whoever comes with a new key finds nothing. */
import type { Expr } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { isExported } from './exported.ts';
import type { State } from './run-states.ts';
import type { Method } from './small-values.ts';
import { pathText, unparen } from './walk.ts';

/** What is known of the keys that a method is given, when it begins: other packages may come with any. */
export function startingKeys({ unit, decl }: Method): State['keys'] {
  return isExported(decl.name.name) && unit.pkg.name !== 'main' ? undefined : 'old';
}

/** True for a parameter that is what the caller gives throughout the method. */
export function usesGivenKey({ decl }: Method, key: Expr | undefined): boolean {
  const x = key && unparen(key);
  const object = x?.kind === 'Ident' ? x.obj : undefined;
  return object?.role === 'param' && object.func === decl && object.writes.length === 0 && !object.addressTaken;
}

/**
 * The state after a map of the receiver was asked for a key that is in none; undefined for other expressions, and for a key that may be in
 * one. Only ways of new keys are followed: what is in a map under another one is not known.
 */
export function lookedUp(analysis: Analysis, method: Method, expr: Expr, state: State): State | undefined {
  const x = unparen(expr);
  if (x.kind !== 'IndexExpr' || state.keys === 'old' || !usesGivenKey(method, x.indices[0])) return undefined;
  if (unparen(x.x).kind !== 'SelectorExpr' || !pathText(x.x)?.startsWith(`${method.receiver}.`)) return undefined;
  const { kind } = analysis.types.underlying(analysis.typeOf(method.unit, x.x));
  return kind === 'map' ? { ...state, keys: 'new' } : undefined;
}
