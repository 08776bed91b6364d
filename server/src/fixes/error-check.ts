/** Puts code where the error of a call has been checked: a value beside a non-nil error must not be touched. */
import type { AssignStmt, CallExpr, Expr, Ident, IfStmt, LocalObject, Stmt } from '../syntax/ast.ts';
import type { FileEdit } from './file-edit.ts';
import { parentsOf } from '../golang/parents.ts';
import type { DeclUnit } from '../golang/unit.ts';
import { asCall, find, isNil, unparen } from '../golang/walk.ts';
import { insertAfterStatement, insertAtBlockStart } from './insert-statement.ts';
import { placeInList } from './statement-site.ts';

/**
 * Lines after `x, err := f()` and the check of its error: `if err != nil { return … }`, `require.NoError(t, err)`, or, for
 * an assignment within `if x, err := f(); err == nil {`, inside the branch where there is no error; after
 * `if x, err = f(); err != nil { return }`, whose variables live on. Statements that touch
 * neither variable may stand between. An assignment without an error, or that discards it, is followed directly.
 * @param neverReturns tells calls that end the goroutine or process; `panic` is known without it
 * @param error the variable for the error, where it is not the last of several: `err := cmd.Start()`
 * @returns undefined when the error is not checked in a way that leaves
 */
export function insertAfterErrorCheck(
  unit: DeclUnit,
  stmt: AssignStmt,
  text: string,
  neverReturns: (call: CallExpr) => boolean = () => false,
  error: LocalObject | undefined = errorOf(stmt),
): FileEdit[] | undefined {
  const parent = parentsOf(unit.decl).get(stmt);
  if (parent?.kind === 'IfStmt' && parent.init === stmt) {
    if (!error) return undefined;
    // `if x, err = f(); err != nil { return }` leaves its variables to what follows, and so does `if err := x.f(); …`.
    if ((stmt.op === '=' || stmt.lhs.length === 1) && leavesOnError(parent, error, neverReturns))
      return insertAfterStatement(unit, parent, text);
    return insideBranch(unit, parent, error, text);
  }
  if (!error) return insertAfterStatement(unit, stmt, text);
  const place = placeInList(unit, stmt);
  if (!place) return undefined;
  const assigned = stmt.lhs.flatMap((x) => (x.kind === 'Ident' && x.obj ? [x.obj] : []));
  for (const next of place.list.stmts.slice(place.index + 1)) {
    if (isErrorCheck(next, error, neverReturns)) return insertAfterStatement(unit, next, text);
    if (assigned.some((object) => mentions(next, object))) return undefined;
  }
  return undefined;
}

/** The variable the error goes to: the last of several on the left, unless it is `_`. */
function errorOf(stmt: AssignStmt): LocalObject | undefined {
  const last = stmt.lhs.at(-1);
  return stmt.lhs.length > 1 && last?.kind === 'Ident' && last.name !== '_' ? last.obj : undefined;
}

function insideBranch(unit: DeclUnit, check: IfStmt, error: LocalObject, text: string): FileEdit[] | undefined {
  if (comparesNil(check.cond, error, '==')) return insertAtBlockStart(unit, check.body, text);
  if (!comparesNil(check.cond, error, '!=') || check.else?.kind !== 'BlockStmt') return undefined;
  return insertAtBlockStart(unit, check.else, text);
}

/**
 * True for `if err != nil { … }` that leaves, or an assertion of a test library.
 * @param neverReturns tells calls that end the goroutine or process; `panic` is known without it
 */
export function isErrorCheck(stmt: Stmt, error: LocalObject, neverReturns: (call: CallExpr) => boolean): boolean {
  if (stmt.kind === 'IfStmt') return !stmt.init && leavesOnError(stmt, error, neverReturns);
  const call = stmt.kind === 'ExprStmt' ? asCall(stmt.x) : undefined;
  const fun = call && unparen(call.fun);
  return (
    fun?.kind === 'SelectorExpr' &&
    /^(?:NoError|NoErrorf|Nil)$/.test(fun.sel.name) &&
    fun.x.kind === 'Ident' &&
    fun.x.name === 'require' &&
    mentions(stmt, error)
  );
}

function leavesOnError(check: IfStmt, error: LocalObject, neverReturns: (call: CallExpr) => boolean): boolean {
  return !check.else && comparesNil(check.cond, error, '!=') && leaves(check.body.stmts.at(-1), neverReturns);
}

/** True when the condition is `err op nil`, or for `!=` one side of an `||` that is. A flag that is true stands for no error. */
function comparesNil(cond: Expr, error: LocalObject, op: '==' | '!='): boolean {
  const x = unparen(cond);
  if (x.kind === 'Ident') return op === '==' && x.obj === error;
  if (x.kind === 'UnaryExpr') return op === '!=' && x.op === '!' && comparesNil(x.x, error, '==');
  if (x.kind !== 'BinaryExpr') return false;
  const connective = op === '!=' ? '||' : '&&';
  if (x.op === connective) return comparesNil(x.x, error, op) || comparesNil(x.y, error, op);
  const [left, right] = [unparen(x.x), unparen(x.y)];
  const denotes = (e: Expr): boolean => e.kind === 'Ident' && e.obj === error;
  return x.op === op && ((denotes(left) && isNil(right)) || (isNil(left) && denotes(right)));
}

function leaves(last: Stmt | undefined, neverReturns: (call: CallExpr) => boolean): boolean {
  if (last?.kind === 'ReturnStmt') return true;
  if (last?.kind === 'BranchStmt') return last.tok !== 'fallthrough';
  const call = last?.kind === 'ExprStmt' ? asCall(last.x) : undefined;
  if (!call) return false;
  const fun = unparen(call.fun);
  return (fun.kind === 'Ident' && fun.name === 'panic' && !fun.obj) || neverReturns(call);
}

function mentions(stmt: Stmt, object: LocalObject): boolean {
  return find(stmt, (node): node is Ident => node.kind === 'Ident' && node.obj === object) !== undefined;
}
