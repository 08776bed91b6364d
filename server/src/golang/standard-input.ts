/** Goroutines that read what the user types. */
import type { CallExpr, Expr, FuncNode } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { DeclUnit } from './unit.ts';
import { find, unparen } from './walk.ts';

/**
 * True when a function reads from `os.Stdin`, directly or by way of a reader around it. The read cannot be ended from outside,
 * and there is one standard input for a process.
 */
export function readsStandardInput(
  analysis: Analysis,
  unit: DeclUnit | undefined,
  func: FuncNode | undefined,
): boolean {
  return unit && func ? find(func, (n) => n.kind === 'CallExpr' && reads(analysis, unit, n)) !== undefined : false;
}

function reads(analysis: Analysis, unit: DeclUnit, call: CallExpr): boolean {
  const fun = unparen(call.fun);
  if (fun.kind === 'SelectorExpr' && /^Read/.test(fun.sel.name) && isStandardInput(analysis, unit, fun.x)) return true;
  return call.args.some((x) => isStandardInput(analysis, unit, x));
}

function isStandardInput(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const x = unparen(expr);
  if (x.kind !== 'SelectorExpr' || x.sel.name !== 'Stdin' || x.x.kind !== 'Ident' || x.x.obj) return false;
  const denotes = analysis.types.denotes(unit, x.x);
  return denotes?.kind === 'package' && denotes.path === 'os';
}
