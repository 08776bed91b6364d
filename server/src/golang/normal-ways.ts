/** Ways of a function on which nothing goes wrong: it meets no error and returns none. */
import type { Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { Edge } from './cfg.ts';
import type { SearchSpec } from './paths.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, calledName, isNil, unparen } from './walk.ts';

/**
 * The same search for a path, on which only ways count where nothing goes wrong: a branch for an error is not taken, and a `return`
 * that certainly gives one is no end.
 */
export function withoutFailures(analysis: Analysis, search: SearchSpec): SearchSpec {
  const { unit } = search;
  return {
    ...search,
    settledBy: (edge) => isOnError(analysis, unit, edge) || (search.settledBy?.(edge) ?? false),
    effect: (n) => (makesError(analysis, unit, n) ? 'settled' : search.effect(n)),
  };
}

/** True for a branch that is taken for an error: `err != nil`, `errors.Is(err, …)`, a case of `switch err`. */
function isOnError(analysis: Analysis, unit: DeclUnit, { cond, kind, tag, clause }: Edge): boolean {
  if (tag && isError(analysis, unit, tag)) {
    if (clause?.kind === 'CaseClause' && !clause.isDefault) return !clause.exprs.some(isNil);
    return false;
  }
  const x = cond && unparen(cond);
  if (x?.kind === 'BinaryExpr' && (x.op === '!=' || x.op === '==')) {
    const other = isNil(x.y) ? x.x : isNil(x.x) ? x.y : undefined;
    return other !== undefined && (x.op === '!=') === (kind === 'true') && isError(analysis, unit, other);
  }
  // `errors.Is(err, …)`, `os.IsNotExist(err)`; of a function that finds no error, nothing is known.
  return (
    x?.kind === 'CallExpr' &&
    kind === 'true' &&
    /^(?:Is|As|Has)(?![a-z])/.test(calledName(x)) &&
    x.args.some((a) => isError(analysis, unit, a))
  );
}

/** True for a `return` of something that is certainly an error, and for giving a variable such a value. */
function makesError(analysis: Analysis, unit: DeclUnit, node: Node): boolean {
  const value =
    node.kind === 'ReturnStmt'
      ? node.results.at(-1)
      : node.kind === 'AssignStmt' && node.lhs.length === node.rhs.length
        ? node.rhs.at(-1)
        : undefined;
  return value !== undefined && isCertainError(analysis, unit, value);
}

/** `fmt.Errorf(…)`, `errors.New(…)`, `status.Error(…)`, `ErrClosed`, `io.EOF`, `&SyntaxError{…}`. */
function isCertainError(analysis: Analysis, unit: DeclUnit, value: Expr): boolean {
  const x = unparen(value);
  const call = asCall(x);
  if (call)
    return (
      /^err|Err|[fF]ail|[wW]rap/.test(calledName(call)) ||
      /(?:^|\/)x?errors\.New$/.test(analysis.callee(unit, call).name)
    );
  const literal = x.kind === 'UnaryExpr' && x.op === '&' ? unparen(x.x) : x;
  // A `Ferry` is none.
  if (literal.kind === 'CompositeLit')
    return /(?:\b[eE]|E)rr(?:ors?|no)?(?![a-z])/.test(unit.text(literal.type ?? literal));
  const name = x.kind === 'SelectorExpr' ? x.sel : x.kind === 'Ident' && !x.obj ? x : undefined;
  return name !== undefined && /^(?:err|EOF)/i.test(name.name) && isError(analysis, unit, x);
}

/** An error by its type, or by its name where the type is that of something not seen. */
function isError(analysis: Analysis, unit: DeclUnit, expr: Expr): boolean {
  const type = analysis.typeOf(unit, expr);
  if (type.kind !== 'unknown') return isErrorType(type);
  const x = unparen(expr);
  return /(?:^e|E)rr(?:or)?\d?$/.test(x.kind === 'Ident' ? x.name : x.kind === 'SelectorExpr' ? x.sel.name : '');
}
