/** Calls by which a loop learns that a context is over. */
import type { CallExpr, Expr, LocalObject, Node } from '../syntax/ast.ts';
import type { Analysis } from './analysis.ts';
import { nilTest } from './expected-failure.ts';
import { originsOf } from './origins.ts';
import { isFunc, type ParentMap } from './parents.ts';
import { isErrorType } from './types.ts';
import type { DeclUnit } from './unit.ts';
import { asCall, find, flattenFields, walkShallow } from './walk.ts';

/**
 * True when a loop calls something that gets the context, or what was made with it, and leaves for the error which that gives: once
 * the context is over, it does so by the next turn. Functions of the package that do not use their context are no such calls.
 */
export function leavesOnErrorWith(analysis: Analysis, unit: DeclUnit, loop: Node, ctx: LocalObject): boolean {
  const parents = analysis.parents(unit);
  let leaves = false;
  walkShallow(loop, (n) => {
    const values = n.kind === 'AssignStmt' ? n.rhs : n.kind === 'ReturnStmt' ? n.results : undefined;
    const call = !leaves && values?.length === 1 && values[0] ? asCall(values[0]) : undefined;
    if (!call || !getsContext(analysis, unit, parents, call, ctx)) return;
    const error = n.kind === 'AssignStmt' ? n.lhs.at(-1) : undefined;
    leaves =
      n.kind === 'ReturnStmt' || (error?.kind === 'Ident' && !!error.obj && leavesFor(parents, loop, error.obj, call));
  });
  return leaves;
}

/** True when a loop calls something that gets the context and says by an error that it has failed: once that is over, it always does. */
export function failsWith(analysis: Analysis, unit: DeclUnit, loop: Node, ctx: LocalObject): boolean {
  const parents = analysis.parents(unit);
  let fails = false;
  walkShallow(loop, (n) => {
    if (fails || n.kind !== 'CallExpr') return;
    const { signature, name } = analysis.callee(unit, n);
    const last = signature?.kind === 'func' ? signature.results.at(-1) : undefined;
    if (!last || !isErrorType(last) || name.startsWith('context.')) return;
    fails = getsContext(analysis, unit, parents, n, ctx);
  });
  return fails;
}

function getsContext(
  analysis: Analysis,
  unit: DeclUnit,
  parents: ParentMap,
  call: CallExpr,
  ctx: LocalObject,
): boolean {
  const isMadeOf = (e: Expr): boolean =>
    originsOf(parents, [e])?.some((n) => n.kind === 'Ident' && n.obj === ctx) ?? true;
  const index = call.args.findIndex(isMadeOf);
  if (index < 0) return false;
  const { visible } = analysis.callee(unit, call);
  const param = visible && flattenFields(visible.decl.type.params)[index]?.name;
  return !visible || (param?.obj !== undefined && param.obj.uses.length > 0);
}

/** True when the loop is left on a branch for the error, or returns it. */
function leavesFor(parents: ParentMap, loop: Node, error: LocalObject, after: Node): boolean {
  return error.uses.some((use) => {
    if (use.start < after.end || use.end > loop.end) return false;
    const test = parents.get(use);
    const isNil = test?.kind === 'BinaryExpr' && nilTest(test, error) === true;
    for (let n = test, child: Node = use; n && n !== loop && !isFunc(n); child = n, n = parents.get(n)) {
      if (n.kind === 'ReturnStmt') return true;
      const branch =
        n.kind !== 'IfStmt' || n.cond !== child
          ? n.kind === 'SwitchStmt' || n.kind === 'CaseClause'
            ? n
            : undefined
          : isNil
            ? n.else
            : n.body;
      if (branch) return isLeft(parents, branch, loop);
      if (n.kind === 'BlockStmt' || n.kind === 'IfStmt') return false;
    }
    return false;
  });
}

/** True when a statement of a branch leaves a loop. */
function isLeft(parents: ParentMap, branch: Node, loop: Node): boolean {
  return (
    find(
      branch,
      (n) => n.kind === 'ReturnStmt' || (n.kind === 'BranchStmt' && leavesLoop(parents, n.tok, !!n.label, n, loop)),
    ) !== undefined
  );
}

/** A `break` with a label, or whose own loop is this one; a `goto` may go anywhere. */
function leavesLoop(parents: ParentMap, tok: string, hasLabel: boolean, branch: Node, loop: Node): boolean {
  if (tok === 'goto') return true;
  if (tok !== 'break') return false;
  if (hasLabel) return true;
  let n = parents.get(branch);
  while (n && n !== loop && !/^(?:For|Range|Select|Switch|TypeSwitch)Stmt$/.test(n.kind)) n = parents.get(n);
  return n === loop;
}
