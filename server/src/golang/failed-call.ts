/** The call whose error a condition asks for. */
import type { AssignStmt, CallExpr, Expr, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import type { VisibleFunc } from './callee.ts';
import { ancestor, isFunc } from './parents.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, isNil, unparen, walkShallow } from './walk.ts';

/** Functions that are followed, one returning what the other gives. */
const MAX_DEPTH = 3;

/** The call whose error an `if` tests: in its own first part, or in the statement before. */
export function failedCall(analysis: Analysis, unit: DeclUnit, cond: Node): CallExpr | undefined {
  const assignment = assignmentBefore(analysis, unit, cond);
  return assignment?.rhs[0] && asCall(assignment.rhs[0]);
}

function assignmentBefore(analysis: Analysis, unit: DeclUnit, cond: Node): AssignStmt | undefined {
  const parents = analysis.parents(unit);
  const test = ancestor(parents, cond, (n) => n.kind === 'IfStmt' || isFunc(n));
  if (test?.kind !== 'IfStmt') return undefined;
  const list = parents.get(test);
  const before = list?.kind === 'BlockStmt' ? list.stmts[list.stmts.indexOf(test) - 1] : undefined;
  const assignment = test.init ?? before;
  return assignment?.kind === 'AssignStmt' && assignment.rhs.length === 1 ? assignment : undefined;
}

/** True for `err != nil` where the error is that of a call of the package just before, whose last result is always nil. */
export function isNeverError(analysis: Analysis, unit: DeclUnit, cond: Expr): boolean {
  const x = unparen(cond);
  const error = x.kind === 'BinaryExpr' && x.op === '!=' && isNil(x.y) ? unparen(x.x) : undefined;
  const assignment = assignmentBefore(analysis, unit, cond);
  const target = assignment?.lhs.at(-1);
  const call = assignment?.rhs[0] && asCall(assignment.rhs[0]);
  if (error?.kind !== 'Ident' || target?.kind !== 'Ident' || target.obj !== error.obj || !error.obj || !call)
    return false;
  const { visible } = analysis.callee(unit, call);
  return visible !== undefined && givesNil(analysis, visible, 0);
}

/** True when every `return` of a function says nil for the last result, or returns what another such function gives. */
function givesNil(analysis: Analysis, { unit, decl }: VisibleFunc, depth: number): boolean {
  // A result that has a name may be set elsewhere.
  if (!decl.body || decl.type.results.some((r) => r.names.length > 0)) return false;
  const passesNil = (result: Expr): boolean => {
    const call = asCall(result);
    const visible = call && depth < MAX_DEPTH ? analysis.callee(unit, call).visible : undefined;
    return visible !== undefined && givesNil(analysis, visible, depth + 1);
  };
  const lasts: (Expr | undefined)[] = [];
  walkShallow(decl.body, (n) => {
    if (n.kind === 'ReturnStmt') lasts.push(n.results.at(-1));
  });
  return lasts.length > 0 && lasts.every((r) => r !== undefined && (isNil(r) || passesNil(r)));
}
