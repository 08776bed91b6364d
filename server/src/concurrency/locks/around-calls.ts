/** What a function with locks has to do with code that is not called by its name: literals it gives away, and what it gives back. */
import { type AccessPath } from '../../golang/access-path.ts';
import type { Analysis } from '../../golang/analysis.ts';
import { isErrorType } from '../../golang/types.ts';
import type { DeclUnit } from '../../golang/unit.ts';
import { contains, unparen } from '../../golang/walk.ts';
import type { CallExpr, FuncLit, FuncNode } from '../../syntax/ast.ts';

/** Literals among the arguments of a call that the called function is known to call before it returns, `sort.Search`. */
export function literalsRun(analysis: Analysis, unit: DeclUnit, call: CallExpr): FuncLit[] {
  const literals = call.args.map(unparen);
  if (!literals.some((x) => x.kind === 'FuncLit')) return [];
  const { fact } = analysis.callee(unit, call);
  return literals.filter(
    (x, i): x is FuncLit =>
      x.kind === 'FuncLit' && fact?.calls?.some((c) => c.param === i && c.when === 'sync') === true,
  );
}

/** True for a path that begins outside of a literal. */
export function isOutside(literal: FuncLit, { root }: AccessPath): boolean {
  return typeof root === 'string' || !contains(literal, root.decl);
}

/** True when a function gives something back that may let go of a lock: a function, or a value with methods. */
export function givesOwner({ types }: Analysis, unit: DeclUnit, func: FuncNode): boolean {
  return func.type.results.some((r) => {
    const t = types.resolve(unit, r.type);
    return !isErrorType(t) && types.underlying(t).kind !== 'basic';
  });
}
