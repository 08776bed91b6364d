/** Which function an expression stands for. */
import type { Expr, FuncNode } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { onlyLiteral } from './callee.ts';
import { onlyValue } from './only-value.ts';
import type { GoPackage, PackageMember } from './package.ts';
import type { DeclUnit } from './unit.ts';
import { unparen } from './walk.ts';

/** A literal, a function or a method value, or a variable that always holds one; undefined for what is not visible. */
export function functionValue(
  analysis: Analysis,
  unit: DeclUnit,
  expr: Expr,
): { unit: DeclUnit; func: FuncNode } | undefined {
  const x = unparen(expr);
  if (x.kind === 'FuncLit') return { unit, func: x };
  if (x.kind === 'Ident' && x.obj) {
    const literal = onlyLiteral(x.obj);
    if (literal) return { unit, func: literal };
    const value = onlyValue(x.obj);
    return value && unparen(value).kind === 'SelectorExpr' ? functionValue(analysis, unit, value) : undefined;
  }
  let declared: { pkg?: GoPackage; member?: PackageMember } | undefined;
  if (x.kind === 'Ident') {
    const d = analysis.types.denotes(unit, x);
    declared = d?.kind === 'member' ? d : undefined;
  } else if (x.kind === 'SelectorExpr') {
    const s = analysis.types.members.selector(unit, x);
    declared = s?.kind === 'method' && !s.dynamic ? s : undefined;
  }
  const found = declared?.pkg && declared.member && analysis.types.declarationOf(declared.pkg, declared.member);
  return found?.decl.body ? { unit: found.unit, func: found.decl } : undefined;
}
