/** Whose error it is that a function gives which has been given the error of another call. */
import type { CallExpr, Expr, LocalObject, Node, ReturnStmt } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { parameterIndex } from './callee.ts';
import { DECLARATION, nested } from './effort.ts';
import { implementations } from './implementations.ts';
import { findUnreleasedPath, type UnreleasedPath } from './paths.ts';
import type { DeclUnit } from './unit.ts';
import { isErrorType } from './types.ts';
import { asCall, calledName, flattenFields, isNil, unparen } from './walk.ts';

/**
 * Whether a call that is given the error of another one, and perhaps its value, certainly gives an error of its own at times where that error
 * is nil: `policy.next(resp, err)` that refuses an answer. False for what only explains the error it gets, and where that cannot be told.
 */
export function mayFailItself(
  analysis: Analysis,
  unit: DeclUnit,
  call: CallExpr,
  error: LocalObject,
  value: LocalObject | undefined,
): boolean {
  const callee = analysis.callee(unit, call);
  const { visible } = callee;
  const targets = visible ? [visible] : implementations(analysis, unit, call, callee);
  const parameterFor = ({ decl }: VisibleFunc, object: LocalObject | undefined): LocalObject | undefined => {
    const arg = object && call.args.find((a) => isVariable(a, object));
    const field = arg && flattenFields(decl.type.params)[parameterIndex(callee, call, arg)];
    return field?.variadic ? undefined : field?.name?.obj;
  };
  return targets.some((f) => {
    const [inner, innerValue] = [parameterFor(f, error), parameterFor(f, value)];
    return inner !== undefined && nested(DECLARATION, false, () => failsWithout(analysis, f, inner, innerValue));
  });
}

/** True when a way on which an error parameter is nil, and the value beside it not, leads to the return of a new error. */
function failsWithout(
  analysis: Analysis,
  { unit, decl }: VisibleFunc,
  error: LocalObject,
  value: LocalObject | undefined,
): boolean {
  const last = flattenFields(decl.type.results).at(-1);
  if (!last || last.name || !isErrorType(analysis.types.resolve(unit, last.type))) return false;
  const cfg = analysis.cfg(unit, decl);
  const tried = new Set<Node>();
  for (;;) {
    const path: UnreleasedPath | undefined = findUnreleasedPath({
      unit,
      cfg,
      error,
      value,
      facts: new Map(),
      written: analysis.writtenPaths(unit, decl),
      effect: (n) => (n.kind === 'ReturnStmt' && (tried.has(n) || !mayBeNew(n, error)) ? 'settled' : 'none'),
    });
    if (path?.node?.kind !== 'ReturnStmt') return false;
    if (isNewError(path.node, path)) return true;
    tried.add(path.node);
  }
}

/** False for a return of nothing but the error that came in, or of none. */
function mayBeNew({ results }: ReturnStmt, error: LocalObject): boolean {
  const result = results.at(-1);
  return result !== undefined && !isNil(result) && !isVariable(result, error);
}

/** True for what is an error for certain: one that is made there, one of the package, or a variable that has just been found to be one. */
export function isNewError({ results }: ReturnStmt, { decisions }: UnreleasedPath): boolean {
  const result = results.at(-1);
  const x = result && unparen(result);
  const call = x && asCall(x);
  if (call) return /^(?:New|Errorf)$/.test(calledName(call));
  if (x?.kind === 'UnaryExpr') return x.op === '&';
  if (x?.kind === 'CompositeLit') return true;
  if (x?.kind !== 'Ident') return false;
  if (!x.obj) return /^(?:err|Err)[A-Z]/.test(x.name);
  const object = x.obj;
  return decisions.some(({ cond, kind }) => {
    const test = cond && unparen(cond);
    if (test?.kind !== 'BinaryExpr' || !isNil(test.y) || !isVariable(test.x, object)) return false;
    return (test.op === '!=') === (kind === 'true');
  });
}

function isVariable(expr: Expr, object: LocalObject): boolean {
  const x = unparen(expr);
  return x.kind === 'Ident' && x.obj === object;
}
