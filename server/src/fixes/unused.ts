/** What Go would reject as unused once an expression is gone. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { contains, find } from '../golang/walk.ts';

/** True when neither an import nor a local variable may be left without a use when an expression is deleted. */
export function leavesNothingUnused({ file }: DeclUnit, expr: Expr): boolean {
  const isNeeded = (n: Node): boolean => {
    if (n.kind !== 'Ident') return false;
    if (!n.obj) return file.imports.has(n.name);
    return n.obj.kind === 'var' && n.obj.role !== 'param' && !n.obj.uses.some((u) => !contains(expr, u));
  };
  return find(expr, isNeeded) === undefined;
}
