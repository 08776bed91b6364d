/** What the calls of a function give to one of its parameters. */
import type { CallExpr, Expr, LocalObject } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { mentionsOf } from './callers.ts';
import type { DeclUnit } from './unit.ts';
import { flattenFields } from './walk.ts';

export interface GivenArgument {
  unit: DeclUnit;
  call: CallExpr;
  expr: Expr;
}

/** The arguments in the calls that the package makes, tests left out; nothing for variadic parameters, and for a parameter that gets other values. */
export function givenArguments(analysis: Analysis, unit: DeclUnit, param: LocalObject): GivenArgument[] {
  const { decl } = unit;
  if (decl.kind !== 'FuncDecl' || param.role !== 'param' || param.func !== decl) return [];
  if (param.writes.length > 0 || param.addressTaken) return [];
  const params = flattenFields(decl.type.params);
  const index = params.findIndex((p) => p.name === param.decl);
  if (index < 0 || params[index]?.variadic) return [];
  return mentionsOf(analysis, unit, decl).flatMap(({ unit: at, call }) => {
    const expr = at.file.isTest ? undefined : call?.args[index];
    return call && expr ? [{ unit: at, call, expr }] : [];
  });
}
